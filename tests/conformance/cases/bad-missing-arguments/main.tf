output "o" {
}

module "m" {
}

check "c" {
  assert {
    condition = true
  }
}

variable "v" {
  validation {
  }
}
