module "site" {
  source   = "./modules/site"
  for_each = toset(["main"])
  name     = "${each.key}-new"
  zones = {
    b = { cidr = "10.0.2.0/24", public = true }
    c = { cidr = "10.0.3.0/24", public = true }
  }
}

resource "terraform_data" "peering" {
  input = [for site in module.site : site.network_name]
}
