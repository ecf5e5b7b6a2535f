module "m" {
  source = "./m"
  count = 2
}

module "keyed" {
  source = "./m"
  for_each = toset(["a", "b"])
}

module "out" {
  source = "./m"
}

resource "terraform_data" "into" {
  input = "r"
}

module "count_added" {
  source = "./m"
}
