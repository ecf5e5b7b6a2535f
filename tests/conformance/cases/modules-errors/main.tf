module "missing" {
  source = "./m"
}

module "unknown" {
  source = "./m"
  name   = "x"
  nmae   = "y"
}
