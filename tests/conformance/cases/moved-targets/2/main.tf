resource "terraform_data" "b" {
  input = "x"
}

resource "terraform_data" "other" {
  input = "y"
}

module "n" {
  source = "./m"
  for_each = toset(["k"])
}

moved {
  from = terraform_data.a
  to   = terraform_data.b
}

moved {
  from = module.m
  to   = module.n
}
