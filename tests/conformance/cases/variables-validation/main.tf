variable "size" {
  type    = number
  default = 5

  validation {
    condition     = var.size > 0
    error_message = "The size ${var.size} is too small."
  }

  validation {
    condition     = var.size <= local.most
    error_message = "The size ${var.size} is over the limit of ${local.most}."
  }
}

variable "limit" {
  type    = number
  default = 10
}

variable "name" {
  type    = string
  default = "good"

  validation {
    condition     = can(regex("^[a-z]+$", var.name))
    error_message = "Only lower case letters."
  }
}

variable "secret" {
  type      = string
  default   = "long enough"
  sensitive = true

  validation {
    condition     = length(var.secret) > 8
    error_message = "The secret is too short."
  }
}

locals {
  most = var.limit
}

output "size" {
  value = var.size
}
