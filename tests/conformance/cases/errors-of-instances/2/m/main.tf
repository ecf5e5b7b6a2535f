variable "v" {
}

resource "terraform_data" "a" {
  count = 2
  input = 1

  lifecycle {
    precondition {
      condition     = var.v[0] == 3
      error_message = "pre"
    }
  }
}

check "c" {
  assert {
    condition     = var.v[0] == 3
    error_message = "no"
  }

  assert {
    condition     = var.v[3] == 3
    error_message = "no"
  }
}

output "o" {
  value = 1

  precondition {
    condition     = var.v[0] == 3
    error_message = "pre"
  }
}
