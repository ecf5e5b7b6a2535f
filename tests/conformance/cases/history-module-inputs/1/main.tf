module "m" {
  source   = "./m"
  settings = { name = "a" }
}

output "m" {
  value = module.m
}
