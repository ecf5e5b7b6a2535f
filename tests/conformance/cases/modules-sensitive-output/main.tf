module "m" {
  source = "./m"
}

resource "terraform_data" "a" {
  input = { secret = module.m.secret, plain = module.m.plain }
}

resource "terraform_data" "whole" {
  input = module.m
}

output "secret" {
  value     = module.m.secret
  sensitive = true
}
