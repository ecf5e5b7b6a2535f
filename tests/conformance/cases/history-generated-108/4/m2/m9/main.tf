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

check "c26" {
  assert {
    condition     = jsonencode(try((false ? jsonencode([var.v10]) : jsonencode(local.l12)), {  })) != jsonencode(var.n)
    error_message = "check ${2 * 2}"
  }
}

output "o13" {
  value = {  }
}

output "o14" {
  value = { p = (false ? jsonencode([var.v11]) : jsonencode(var.v10)), q = local.l12 }
}
