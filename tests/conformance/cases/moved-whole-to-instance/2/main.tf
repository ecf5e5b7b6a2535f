resource "terraform_data" "b" {
  count = 3
  input = "x"
}

moved {
  from = terraform_data.a
  to   = terraform_data.b[2]
}

module "n" {
  source = "./m"
  count = 2
}

moved {
  from = module.m
  to   = module.n[1]
}
