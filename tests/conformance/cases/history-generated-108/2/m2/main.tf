resource "terraform_data" "r22" {
}

module "m23" {
  source = "./m4"
  depends_on = [terraform_data.r22]
}

data "null_data_source" "d8" {
  for_each = toset(["b", "a", "k 1"])
  inputs = { v = jsonencode((false ? [[]] : [[terraform_data.r22.output, { r = "z", p = [3] }]])) }
}

module "m9" {
  source = "./m9"
  count = 0
  v10 = [count.index, try(terraform_data.r22.output, "z")]
  n = 1
}

output "o15" {
  value = "a b"
  sensitive = true
}

output "o16" {
  value = module.m23.o7
}

output "o17" {
  value = try(module.m9[1].o14, "none")
}
moved {
  from = terraform_data.r3
  to   = terraform_data.r22
}
moved {
  from = module.m4
  to   = module.m23
}
