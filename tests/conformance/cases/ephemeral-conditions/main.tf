variable "e" {
  default   = "no"
  ephemeral = true

  validation {
    condition     = var.e != "secret"
    error_message = "Must not be ${var.e}."
  }
}

resource "terraform_data" "a" {
  input = "x"

  lifecycle {
    precondition {
      condition     = var.e == "fine"
      error_message = "Not fine."
    }

    postcondition {
      condition     = self.input != var.e
      error_message = "Is ${var.e}."
    }
  }
}

output "o" {
  value = "o"

  precondition {
    condition     = length(var.e) > 2
    error_message = "Too short: ${var.e}"
  }
}

check "c" {
  assert {
    condition     = var.e == "secret"
    error_message = "It is ${var.e}."
  }

  assert {
    condition     = var.e == "secret"
    error_message = "It is something else."
  }
}
