resource "terraform_data" "a" { input = "x" }
data "null_data_source" "x" { inputs = { a = terraform_data.a.output } }
output "o" { value = data.null_data_source.x.outputs.a }
