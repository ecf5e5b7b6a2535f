data "null_data_source" "d" {
  inputs               = { a = "b", c = "d" }
  has_computed_default = "mine"
}

resource "terraform_data" "a" {
  input = data.null_data_source.d.outputs["a"]
}

output "d" {
  value = [data.null_data_source.d.outputs, data.null_data_source.d.has_computed_default]
}
