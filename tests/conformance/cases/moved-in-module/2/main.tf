module "m" {
  source = "./m"
  count = 2
}

module "k" {
  source = "./m"
  count = 1
}

moved {
  from = module.n["k"]
  to   = module.k[0]
}
