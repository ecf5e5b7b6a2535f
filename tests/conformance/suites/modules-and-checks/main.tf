variable "n" { 
  type = number 
  default = 1
}
variable "secret" {
  type = string
  sensitive = true
  default = "hunter2"
}
resource "terraform_data" "a" {
  for_each = toset(["x", "y"])
  input = { n = var.n, s = var.secret }
}
module "child" {
  source = "./child"
  count = 2
  n = var.n + count.index
}
locals {
  doubled = var.n * 2
}
output "secret" { 
  value = var.secret 
  sensitive = true
}
output "children" { value = module.child[*].out }
data "terraform_remote_state" "none" {
  backend = "local"
  config = { path = "none.tfstate" }
  defaults = { a = 1 }
}
check "n" {
  data "terraform_remote_state" "scoped" {
    backend = "local"
    config = { path = "nope/none.tfstate" }
  }
  assert {
    condition = var.n < 3
    error_message = "n is ${var.n}"
  }
}
