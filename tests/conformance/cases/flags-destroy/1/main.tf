resource "terraform_data" "a" {
  input = "a"
}

data "null_data_source" "d" {
  inputs = { a = terraform_data.a.output }
}

module "m" {
  source = "./m"
  in     = data.null_data_source.d.outputs.a
}

output "out" {
  value = module.m.out
}

output "secret" {
  value     = terraform_data.a.output
  sensitive = true
}
