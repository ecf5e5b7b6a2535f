resource "terraform_data" "a" {
  input = terraform_data.b.output
}

resource "terraform_data" "b" {
  input = local.c
}

locals {
  c = terraform_data.c.output
}

resource "terraform_data" "c" {
  input = terraform_data.a.output
}

resource "terraform_data" "not_in_it" {
  input = terraform_data.a.output
}
