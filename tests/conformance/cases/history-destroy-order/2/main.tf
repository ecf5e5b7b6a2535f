resource "terraform_data" "base" {
  triggers_replace = "2"
}

resource "terraform_data" "right" {
  input = terraform_data.base.id
}

resource "terraform_data" "top" {
  input = terraform_data.right.id
}
