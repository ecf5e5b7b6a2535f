variable "old" {
  type = string
  default = null
  deprecated = "old is old"
}
variable "each" {
  type = string
  default = "d"
  deprecated = "each too"
}
module "n" {
  source = "./n"
  v = var.old
}
output "old" {
  value = "v"
  deprecated = "Use new."
}
output "fine" { value = "f" }
output "nested" { value = module.n.o }
output "obj" {
  value = {a = 1}
  deprecated = "obj dep"
}
