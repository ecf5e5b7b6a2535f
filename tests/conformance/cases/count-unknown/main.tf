resource "terraform_data" "a" {
  input = 2
}

resource "terraform_data" "count" {
  count = terraform_data.a.output
}

resource "terraform_data" "set" {
  for_each = toset([terraform_data.a.id])
}

resource "terraform_data" "map" {
  for_each = { (terraform_data.a.id) = "x" }
}

resource "terraform_data" "whole" {
  for_each = terraform_data.a.output
}
