variable "v" { default = "1" }
resource "terraform_data" "n" { 
  input = "x"
  triggers_replace = "k"
  }
resource "terraform_data" "m" { input = [var.v, "known"] }
locals { l = terraform_data.m.input }
data "null_data_source" "direct" { inputs = { a = terraform_data.m.id } }
data "null_data_source" "viainput" { inputs = { a = terraform_data.m.input[1] } }
data "null_data_source" "vialocal" { inputs = { a = local.l[1] } }
data "null_data_source" "cond" { 
inputs = { a = "x" } 
lifecycle { 
precondition {
condition = local.l[1] == "known"
error_message = "x"
}
}
}
data "null_data_source" "cond2" { 
inputs = { a = "x" } 
lifecycle { 
postcondition {
condition = self.id != terraform_data.m.id && local.l[1] == "known"
error_message = "x"
}
}
}
resource "terraform_data" "up" { input = var.v }
data "null_data_source" "ofdata" { inputs = { a = data.null_data_source.direct.inputs.a } }
data "null_data_source" "mod" { inputs = { a = module.m.o } }
module "m" { 
source = "./m" 
v = var.v
}
data "null_data_source" "cond3" { 
inputs = { a = local.l[1] } 
lifecycle { 
postcondition {
condition = self.id != ""
error_message = "x"
}
}
}
data "null_data_source" "cond4" { 
inputs = { a = data.null_data_source.direct.inputs.a, b = module.m.o } 
lifecycle { 
postcondition {
condition = self.id != ""
error_message = "x"
}
}
}
data "null_data_source" "cond5" { 
inputs = { a = "x", b = "x" } 
lifecycle { 
postcondition {
condition = self.id != ""
error_message = "x"
}
}
}
