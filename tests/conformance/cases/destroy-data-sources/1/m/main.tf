variable "v" {}
data "null_data_source" "in" { inputs = { v = var.v } }
resource "terraform_data" "a" { input = data.null_data_source.in.outputs }
output "o" { value = data.null_data_source.in.outputs["v"] }
