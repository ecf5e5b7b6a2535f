provider "null" {
  alias = "own"
}

resource "null_resource" "r" {
  provider = null.own
}
