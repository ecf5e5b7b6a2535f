terraform {
 required_providers { null = { source = "hashicorp/null" } }
}
resource "terraform_data" "a" { input = "x" }
data "null_data_source" "d" { inputs = { v = terraform_data.a.output } }
module "m" {
  source = "./m"
  v = data.null_data_source.d.outputs["v"]
  depends_on = [data.null_data_source.d]
}
resource "null_resource" "n" { triggers = { a = module.m.o } }

check "c" {
  data "null_data_source" "scoped" {
    inputs = { v = terraform_data.a.output }
  }

  assert {
    condition     = data.null_data_source.scoped.outputs["v"] == "y"
    error_message = "not y"
  }
}

output "o" {
  value = data.null_data_source.d.outputs
}
