variable "c" { default = "" }
resource "terraform_data" "src" { input = { x = { y = "z", l = ["q"] } } }
resource "terraform_data" "mid" { 
  input = terraform_data.src.input.x.y
  triggers_replace = terraform_data.src.id
}
resource "terraform_data" "midmany" { 
  for_each = { a = terraform_data.src.input.x.y }
  input = [each.value, each.key]
  triggers_replace = terraform_data.mid.id
}
data "null_data_source" "d" { 
  inputs = { k = terraform_data.src.output.x.y, j = "1" }
  has_computed_default = terraform_data.mid.output
}
module "m" { 
  source = "./m" 
  for_each = { q = terraform_data.src.output, r = 2 }
  i = each.value
  k = each.key
  f = "x"
}
resource "terraform_data" "c_in" { input = var.c == "c_in" ? terraform_data.mid.input : null }
resource "terraform_data" "c_out" { input = var.c == "c_out" ? terraform_data.mid.output : null }
resource "terraform_data" "c_tr" { input = var.c == "c_tr" ? terraform_data.mid.triggers_replace : null }
resource "terraform_data" "c_whole" { input = var.c == "c_whole" ? terraform_data.mid : null }
resource "terraform_data" "c_mm" { input = var.c == "c_mm" ? terraform_data.midmany["a"].input : null }
resource "terraform_data" "c_mmw" { input = var.c == "c_mmw" ? terraform_data.midmany : null }
resource "terraform_data" "c_d1" { input = var.c == "c_d1" ? data.null_data_source.d.inputs["k"] : null }
resource "terraform_data" "c_d2" { input = var.c == "c_d2" ? data.null_data_source.d.inputs : null }
resource "terraform_data" "c_d3" { input = var.c == "c_d3" ? data.null_data_source.d.outputs.k : null }
resource "terraform_data" "c_d4" { input = var.c == "c_d4" ? data.null_data_source.d.has_computed_default : null }
resource "terraform_data" "c_d5" { input = var.c == "c_d5" ? data.null_data_source.d : null }
resource "terraform_data" "c_m1" { input = var.c == "c_m1" ? module.m["q"].o : null }
resource "terraform_data" "c_m2" { input = var.c == "c_m2" ? module.m : null }
resource "terraform_data" "c_m3" { input = var.c == "c_m3" ? module.m["q"] : null }
resource "terraform_data" "c_m4" { input = var.c == "c_m4" ? module.m["r"].key : null }
resource "terraform_data" "c_m5" { input = var.c == "c_m5" ? [for k,v in module.m : v.o] : null }
resource "terraform_data" "c_m6" { input = var.c == "c_m6" ? module.m["q"].ri : null }
output "oo" { value = var.c == "oo" ? terraform_data.mid.input : null }
output "om" { value = var.c == "om" ? module.m["q"].ri : null }
