resource "terraform_data" "d" {
  input = "x"
}

resource "terraform_data" "k" {
  input = "${terraform_data.d.id}"
}

moved {
  from = terraform_data.c
  to   = terraform_data.d
}
