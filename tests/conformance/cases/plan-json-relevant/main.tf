resource "terraform_data" "a" {
  input = { x = { y = "z" } }
}

resource "terraform_data" "many" {
  count = 2
  input = "i"
}

resource "terraform_data" "keyed" {
  for_each = toset(["k"])
}

locals {
  deep = terraform_data.a.output.x.y
}

module "m" {
  source = "./m"
  in     = local.deep
  whole  = terraform_data.keyed
}

resource "terraform_data" "uses" {
  input = [module.m.out, terraform_data.many[*].id, terraform_data.many[1].output, terraform_data.keyed["k"].id]
}

output "whole" {
  value = terraform_data.a
}

output "uses" {
  value = terraform_data.uses.output[0]
}
