module "m" {
  source = "./m"
}

module "many" {
  source = "./m"
  count  = 2
}

output "none" {
  value = module.m.nmae
}

output "many" {
  value = module.many.name
}

output "nomodule" {
  value = module.mm.x
}

output "inside" {
  value = module.m.terraform_data.x
}
