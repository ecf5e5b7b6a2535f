resource "terraform_data" "s" {
  input = ["x", "y"]
}

module "a" {
  source = "./m"
  count  = 2
  v      = terraform_data.s.input[count.index]
  w      = terraform_data.s.input[0]
}
