module "outer" {
  source = "./modules/outer"
  name   = "top"
}

resource "terraform_data" "uses" {
  input = module.outer.deep
}

output "deep" {
  value = module.outer.deep
}

output "whole" {
  value = module.outer
}
