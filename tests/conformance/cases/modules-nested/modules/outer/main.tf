variable "name" {
  type = string
}

module "middle" {
  source = "../middle"
  name   = "${var.name}/outer"
}

module "second" {
  source = "../middle"
  name   = module.middle.deep
}

output "deep" {
  value = module.second.deep
}

output "constant" {
  value = "c"
}
