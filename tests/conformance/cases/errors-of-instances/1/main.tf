resource "terraform_data" "s" {
  input = ["x"]
}

module "a" {
  source = "./m"
  count  = 3
  v      = terraform_data.s.input
}

module "b" {
  source = "./m"
  v      = terraform_data.s.input
}

module "argument" {
  source = "./m"
  count  = 2
  v      = terraform_data.s.input[3]
}
