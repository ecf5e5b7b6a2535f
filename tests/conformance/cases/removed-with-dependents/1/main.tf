resource "terraform_data" "base" {
  input = "b"
}

resource "terraform_data" "middle" {
  input = "${terraform_data.base.id}"
}

resource "terraform_data" "top" {
  input = "${terraform_data.middle.id}"
}
