variable "v10" {
  default = { q = { p = null }, p = ["a b", -1] }
}

variable "v11" {
  default = [1.5, ""]
}

variable "n" {
  default = 2
}

locals {
  l12 = { p = var.v10, q = [var.v10, ""] }
}

output "o13" {
  value = {  }
}

output "o14" {
  value = { p = (false ? jsonencode([var.v11]) : jsonencode(var.v10)), q = local.l12 }
}
