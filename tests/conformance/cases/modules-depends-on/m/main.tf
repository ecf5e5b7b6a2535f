data "null_data_source" "d" {
  inputs = { a = "b" }
}

resource "terraform_data" "r" {
  input = data.null_data_source.d.outputs
}

output "inputs" {
  value = data.null_data_source.d.inputs
}
