module "m" {
  source = "./m"
  old = "x"
}
module "two" {
  for_each = toset(["a","b"])
  source = "./m"
  old = each.key
}
module "nul" {
  source = "./m"
  old = null
}
module "pass" {
  source = "./m"
  pass = module.m.old
}
output "a" { value = module.m.old }
output "b" { value = {x = module.m.old, y = [module.m.old]} }
output "c" { value = [upper(module.m.old), module.m.obj] }
output "d" { value = [for x in [1]: module.m.old] }
output "e" { value = module.two["a"].old }
resource "terraform_data" "r" {
  count = 2
  input = { a = module.m.old, b = [module.m.obj, { c = module.m.old }] }
  triggers_replace = module.m.old
}
locals {
  t = [module.m.old]
  o = { a = module.m.old }
}
output "f" { value = local.t }
output "g" { value = local.o.a }
output "h" { value = local.o }
output "i" { 
 value = sensitive(module.m.old)
 sensitive = true
 precondition {
   condition = module.m.old != ""
   error_message = "no"
 }
}
variable "v" {
  default = 1
  validation {
    condition = module.m.old == "v" && var.v == 1
    error_message = "x"
  }
}
data "terraform_remote_state" "x" {
  backend = "local"
  config = { path = "${module.m.old}.json" }
}
