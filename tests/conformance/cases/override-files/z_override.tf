locals {
  x = "z override"
}

resource "terraform_data" "a" {
  input = "z override"
}
