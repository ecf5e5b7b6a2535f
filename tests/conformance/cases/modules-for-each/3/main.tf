module "m" {
  source = "./m"
  value  = "single"
}

output "all" {
  value = module.m.value
}
