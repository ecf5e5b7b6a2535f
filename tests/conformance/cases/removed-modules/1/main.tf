module "forgotten" {
  source = "./m"
}

module "destroyed" {
  source = "./m"
  count = 2
}

module "partly" {
  source = "./m"
}

module "inside" {
  source = "./inside"
  for_each = toset(["k"])
}
