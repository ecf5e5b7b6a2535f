resource "terraform_data" "a" {
}

resource "terraform_data" "after" {
  input = terraform_data.a.id
}
