module "site" {
  source = "./modules/site"
  name   = "main"
  zones  = { a = { cidr = "10.0.0.0/24" } }
}

output "subnets" {
  value = module.site.subnets
}
