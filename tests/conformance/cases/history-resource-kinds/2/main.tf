data "null_data_source" "x" {
  inputs = { a = "b" }
}

output "x" {
  value = data.null_data_source.x.outputs
}
