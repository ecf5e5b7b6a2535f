resource "terraform_data" "base" {
  triggers_replace = "1"
}

resource "terraform_data" "left" {
  count            = 2
  triggers_replace = terraform_data.base.id
}

resource "terraform_data" "right" {
  input = terraform_data.base.id
}

resource "terraform_data" "top" {
  input = [terraform_data.left[*].id, terraform_data.right.id]
}
