resource "terraform_data" "b" {
  input = "b"
}

resource "terraform_data" "k" {
  count = 1
  input = "k"
}

module "n" {
  source = "./n"
}

moved {
  from = module.m
  to   = module.n
}
