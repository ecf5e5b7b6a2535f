resource "terraform_data" "s" {
  input = [1]
}

module "a" {
  source = "./m"
  count  = 2
  v      = terraform_data.s.input
}
