resource "terraform_data" "a" {
  input = "x"
}

resource "terraform_data" "other" {
  input = "x"
}

module "m" {
  source = "./m"
  for_each = toset(["k"])
}
