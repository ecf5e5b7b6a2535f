provider "null" {
  region = "x"
}

resource "null_resource" "a" {
}
