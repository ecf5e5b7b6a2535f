module "m" {
  source = "./m"
  count = 2
}

module "n" {
  source = "./m"
  for_each = toset(["k"])
}
