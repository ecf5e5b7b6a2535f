resource "terraform_data" "base" {
  triggers_replace = "2"
  input            = "base"
}

resource "terraform_data" "middle" {
  triggers_replace = terraform_data.base.id
  input            = "middle"
}

resource "terraform_data" "top" {
  triggers_replace = terraform_data.middle.id
  input            = "top"

  lifecycle {
    create_before_destroy = true
  }
}
