provider "null" {
  alias  = "own"
  region = "x"
}

resource "null_resource" "r" {
  provider = null.own
}
