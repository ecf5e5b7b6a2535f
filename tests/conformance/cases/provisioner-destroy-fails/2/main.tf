resource "terraform_data" "base" {
}

resource "terraform_data" "fails" {
  input = terraform_data.base.id
}
