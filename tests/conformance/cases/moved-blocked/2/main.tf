resource "terraform_data" "b" {
  input = "b"
}

moved {
  from = terraform_data.a
  to   = terraform_data.b
}

resource "terraform_data" "k" {
  count = 2
  input = "k"
}

module "m" {
  source = "./m"
}

module "n" {
  source = "./n"
}
