module "m" {
  source = "./m"
  old    = "x"
  each   = "y"
}
module "fe" {
  for_each = toset(["a","b"])
  source = "./m"
  old    = each.key
}
module "cnt" {
  count = 2
  source = "./m"
}
output "a" { value = module.m.old }
output "b" { value = module.fe["a"].old }
output "c" { value = module.fe }
output "d" { value = module.cnt[0].old }
output "e" { value = module.cnt[*].old }
output "f" { value = [for k, v in module.fe : v.old] }
output "g" { value = module.m }
locals {
  l = module.m.old
  l2 = local.l
  l3 = { x = module.m.old }
}
output "h" { value = local.l }
output "i" { value = local.l2 }
output "j" { value = local.l3 }
output "k" { value = upper(module.m.old) }
output "l" { value = true ? module.m.old : "x" }
output "m" { value = false ? module.m.old : "x" }
output "n" { value = "${module.m.old}" }
output "o" { value = "a-${module.m.old}" }
output "p" { value = [module.m.old, module.m.old] }
output "q" { value = module.m.nested }
output "r" { value = try(module.m.old, 1) }
output "s" { value = can(module.m.old) }
output "t" { value = jsonencode({a=module.m.old}) }
output "u" { value = module.m.old == "x" }
variable "rv" {
  default = 1
  deprecated = "root var"
}
output "v" {
  value = var.rv
}
resource "terraform_data" "a" { input = module.m.old }
resource "terraform_data" "b" { 
  count = length(module.m.old)
  input = count.index
}
resource "terraform_data" "c" { 
  for_each = toset([module.m.old])
  input = each.key
  lifecycle {
    precondition {
      condition = module.m.old != ""
      error_message = "no ${module.m.old}"
    }
  }
}
check "c" {
  assert {
    condition = module.m.old != ""
    error_message = "no"
  }
}
output "w" { value = nonsensitive(sensitive(module.m.old)) }
output "x" { value = lookup(module.m, "old", 1) }
output "y" { value = module.m["old"] }
output "z" { value = keys(module.m) }
output "za" { value = values(module.m) }
output "zb" { value = { for k, v in module.m : k => v if k == "fine" } }
output "zc" { value = module.m.obj.a }
output "zd" { value = module.m.obj }
