resource "terraform_data" "a" {
  input = "2"
}

data "null_data_source" "d" {
  inputs = { a = "b" }
}

output "o" {
  value = "2"
}

output "p" {
  value = data.null_data_source.d.outputs
}
