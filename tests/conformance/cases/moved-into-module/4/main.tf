module "n" {
  source   = "./m"
  for_each = toset(["new", "l"])
}

moved {
  from = module.n["k"]
  to   = module.n["new"]
}
