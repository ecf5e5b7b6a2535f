resource "terraform_data" "many" {
  count = 2
}

resource "terraform_data" "keyed" {
  for_each = toset(["a"])
}

resource "terraform_data" "one" {
}

output "no_index" {
  value = terraform_data.many.id
}

output "no_key" {
  value = terraform_data.keyed.id
}

output "with_index" {
  value = terraform_data.one[0].id
}

output "whole_attribute" {
  value = terraform_data.one.ids
}
