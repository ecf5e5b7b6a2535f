module "n" {
  source = "./m"
  count = 2
}

moved {
  from = module.m
  to   = module.n
}

module "single" {
  source = "./m"
}

moved {
  from = module.keyed["a"]
  to   = module.single
}

module "keyed" {
  source = "./m"
  for_each = toset(["b"])
}

resource "terraform_data" "out" {
  input = "r"
}

moved {
  from = module.out.terraform_data.r
  to   = terraform_data.out
}

module "p" {
  source = "./p"
}

moved {
  from = terraform_data.into
  to   = module.p.terraform_data.into
}

module "nested" {
  source = "./nested"
}

moved {
  from = module.out.module.c
  to   = module.nested.module.c
}

module "count_added" {
  source = "./m"
  count = 1
}
