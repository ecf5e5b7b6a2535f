resource "terraform_data" "a" {
  input            = { text = "x", secret = sensitive("s"), list = ["a", null, { k = true }], empty = [], none = null }
  triggers_replace = tomap({ k = 1.5 })
}

data "null_data_source" "d" {
  inputs = { a = "b" }
}

module "m" {
  source = "./m"
  in     = data.null_data_source.d.outputs.a
}

output "out" {
  value = module.m.out
}

output "secret" {
  value     = terraform_data.a.input
  sensitive = true
}

output "structure" {
  value = { list = ["a", 1, null], map = tomap({ "key with space" = "v" }), set = toset(["x"]), text = "two\nlines\n", nested = [[{}]] }
}
