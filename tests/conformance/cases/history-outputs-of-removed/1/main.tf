resource "terraform_data" "a" {
  input = "a"
}

locals {
  name = terraform_data.a.output
}

output "name" {
  value = local.name
}

output "list" {
  value = [terraform_data.a.input, "x"]
}
