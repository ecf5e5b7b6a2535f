resource "terraform_data" "r3" {
}

module "m4" {
  source = "./m4"
  depends_on = [terraform_data.r3]
}

data "null_data_source" "d8" {
  for_each = toset(["b", "a", "k 1"])
  inputs = { v = jsonencode((false ? [[]] : [[terraform_data.r3.output, { r = "z", p = [3] }]])) }
}

module "m9" {
  source = "./m9"
  count = 0
  v10 = [count.index, try(terraform_data.r3.output, "z")]
  n = 1
}

output "o15" {
  value = "a b"
  sensitive = true
}

output "o16" {
  value = module.m4.o7
}

output "o17" {
  value = try(module.m9[1].o14, "none")
}
