variable "v" {
}

module "m" {
  source = "./m"
  v      = var.v
}

output "o" {
  value = module.m.o
}
