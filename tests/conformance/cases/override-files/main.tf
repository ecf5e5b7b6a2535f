variable "v" {
  type    = string
  default = "base"
}

resource "terraform_data" "a" {
  input            = "base"
  triggers_replace = "base"

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  x = "base"
  y = "base"
}

output "o" {
  value = [var.v, local.x, local.y, terraform_data.a.input]
}
