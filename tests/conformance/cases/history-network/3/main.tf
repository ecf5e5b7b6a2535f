module "site" {
  source   = "./modules/site"
  for_each = toset(["main", "second"])
  name     = each.key
  zones = {
    a = { cidr = "10.0.0.0/24", public = each.key == "main" }
    b = { cidr = "10.0.1.0/24" }
  }
}

resource "terraform_data" "peering" {
  input = [for site in module.site : site.network_name]
}

output "subnets" {
  value = { for name, site in module.site : name => site.subnets }
}
