terraform {
  required_versions = ">= 1.0"
}

variable "v" {
  defualt = 1
}

output "o" {
  value      = 1
  sensitiv   = true
}

resource "terraform_data" "a" {
  inputs = "x"

  settings {
    a = 1
  }
}

data "terraform_remote_state" "d" {
  backends = "local"
}

check "c" {
  asert {
    condition = true
  }
}
