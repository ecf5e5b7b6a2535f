resource "terraform_data" "a" {
  count = 2
  input = "x"
}

module "m" {
  source = "./m"
  count = 2
}
