resource "terraform_data" "inner" {
}

resource "terraform_data" "second" {
  input = terraform_data.inner.id
}
