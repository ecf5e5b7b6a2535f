resource "terraform_data" "b" {
  input = "x"
}

resource "terraform_data" "k" {
  input = "${terraform_data.b.id}"
}

moved {
  from = terraform_data.a
  to   = terraform_data.b
}
