module "site" {
  source = "./modules/site"
  name   = "main"
  zones = {
    a = { cidr = "10.0.0.0/24", public = true }
    b = { cidr = "10.0.1.0/24" }
  }
  tags = { env = "test" }
}

output "subnets" {
  value = module.site.subnets
}

output "gateway" {
  value = module.site.gateway
}
