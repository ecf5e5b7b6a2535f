resource "terraform_data" "a" {
  input = "1"
}

data "null_data_source" "unknown" {
  inputs = { a = terraform_data.a.output, b = "known" }
}

data "null_data_source" "depends" {
  inputs     = { a = "b" }
  depends_on = [terraform_data.a]
}

data "null_data_source" "independent" {
  inputs = { a = "b" }
}

resource "terraform_data" "uses" {
  input = data.null_data_source.unknown.outputs
}

output "depends" {
  value = data.null_data_source.depends.outputs
}
