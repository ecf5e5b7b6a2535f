variable "name" {
  type = string
}

module "inner" {
  source = "./inner"
  name   = "${var.name}/middle"
}

output "deep" {
  value = module.inner.deep
}
