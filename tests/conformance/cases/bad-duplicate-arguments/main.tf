resource "terraform_data" "a" {
  input = 1
  input = 2
}

locals {
  x = { a = 1, a = 2 }
}
