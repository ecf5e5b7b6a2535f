variable "token" {
  type      = string
  ephemeral = true
}

variable "size" {
  type    = number
  default = 2
}

locals {
  header = "Bearer ${var.token}"
}

resource "terraform_data" "a" {
  input = var.size

  lifecycle {
    precondition {
      condition     = length(local.header) > 3
      error_message = "No header."
    }
  }
}
