variable "fixed" {
  type    = bool
  default = false
}

resource "terraform_data" "a" {
  input            = "2"
  triggers_replace = "2"

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "b" {
  input            = var.fixed ? terraform_data.a.output : file("missing-${terraform_data.a.output}")
  triggers_replace = terraform_data.a.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "c" {
  triggers_replace = terraform_data.a.id
}
