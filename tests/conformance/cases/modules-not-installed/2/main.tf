module "m" {
  source = "./m"
}

module "second" {
  source = "./m"
}
