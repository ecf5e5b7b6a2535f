variable "v" {}
resource "terraform_data" "in" { input = [var.v, "known"] }
output "o" { value = terraform_data.in.input[1] }
data "null_data_source" "inner" { inputs = { a = "x" } }
