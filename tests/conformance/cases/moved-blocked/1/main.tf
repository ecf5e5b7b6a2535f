resource "terraform_data" "a" {
  input = "a"
}

resource "terraform_data" "b" {
  input = "b"
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
