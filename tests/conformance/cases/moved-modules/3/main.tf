module "last" {
  source = "./m"
  count = 2
}

moved {
  from = module.n
  to   = module.last
}

moved {
  from = module.m
  to   = module.n
}

module "keyed" {
  source = "./m"
  for_each = toset(["b"])
}

moved {
  from = module.single
  to   = module.keyed["c"]
}
