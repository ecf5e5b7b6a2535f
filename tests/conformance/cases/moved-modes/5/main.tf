resource "terraform_data" "e" {
  input = "x"
}

resource "terraform_data" "k" {
  input = "${terraform_data.e.id}"
}

moved {
  from = terraform_data.d
  to   = terraform_data.e
}
