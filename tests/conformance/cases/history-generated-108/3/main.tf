variable "n" {
  default = 0
}

resource "terraform_data" "r1" {
  count = length(["y", "é"])
  input = [count.index, "y"]
}

module "m2" {
  source = "./m2"
  for_each = {  }
}

locals {
  l18 = null
}

resource "terraform_data" "r19" {
  count = length(["y"])
  input = [module.m2.o16, { p = module.m2.o15, q = local.l18 }]
}

output "o20" {
  value = (false ? jsonencode([(false ? jsonencode([var.n]) : jsonencode(module.m2.o16))]) : jsonencode(var.n))
}

output "o21" {
  value = module.m2.o17
}
