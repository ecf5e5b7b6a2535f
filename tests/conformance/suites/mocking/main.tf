terraform {
  required_providers {
    null = {
      source = "hashicorp/null"
    }
  }
}
variable "n" { default = 1 }
resource "null_resource" "a" {
  triggers = { a = 1 }
}
data "null_data_source" "d" {
  inputs = { a = 1 }
}
module "m" {
  source = "./m"
  v = 1
}
output "o" { value = null_resource.a.id }
output "d" { value = data.null_data_source.d.random }
output "all" { value = data.null_data_source.d }
output "m" { value = module.m }
check "c" {
  assert {
    condition = var.n == 1
    error_message = "n is not 1"
  }
}
