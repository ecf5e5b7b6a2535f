resource "terraform_data" "b" {
  input = "b"
}

resource "terraform_data" "k" {
  count = 1
  input = "k"
}

moved {
  from = terraform_data.k[1]
  to   = terraform_data.k[0]
}

module "m" {
  source = "./m"
}

module "n" {
  source = "./n"
}
