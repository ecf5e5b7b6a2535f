resource "terraform_data" "c" {
  input = "x"
}

resource "terraform_data" "k" {
  input = "${terraform_data.c.id}"
}

moved {
  from = terraform_data.b
  to   = terraform_data.c
}
