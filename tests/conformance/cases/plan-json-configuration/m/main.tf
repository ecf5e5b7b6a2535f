terraform {
  required_providers {
    null = {
      source = "hashicorp/null"
    }
  }
}

variable "in" {
}

variable "constant" {
  type = map(number)
}

variable "unset" {
  default     = null
  description = "Not given"
}

resource "null_resource" "r" {
  triggers = { in = var.in, n = var.constant.a }
}

output "out" {
  value      = null_resource.r.triggers
  depends_on = [null_resource.r]
}
