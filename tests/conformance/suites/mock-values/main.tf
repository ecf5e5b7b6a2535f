terraform {
  required_providers {
    null = {
      source = "hashicorp/null"
    }
  }
}
data "null_data_source" "a" {
  inputs = { x = 1 }
}
resource "null_resource" "i" {
  count = 2
}
resource "terraform_data" "t" {
  input = 1
}
resource "null_resource" "n" {}
output "i" { value = null_resource.i[0] }
output "a" { value = data.null_data_source.a }
output "t" { value = terraform_data.t }
