module "n" {
  source   = "./m"
  for_each = toset(["k", "l"])
}

moved {
  from = module.m
  to   = module.n["k"]
}
