variable "kept" {
  type    = string
  default = "default"
}

module "m" {
  source   = "./m"
  kept     = null
  replaced = null
}

output "all" {
  value = module.m
}
