resource "terraform_data" "a" {
  input = "x"
}

resource "terraform_data" "k" {
  input = "${terraform_data.a.id}"
}
