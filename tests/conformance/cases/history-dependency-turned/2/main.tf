resource "terraform_data" "a" {
  triggers_replace = "2"
  input            = terraform_data.b.id
}

resource "terraform_data" "b" {
}
