variable "v" {
  validation {
    condition = var.v == 1
    error_message = "m"
  }
}
resource "terraform_data" "a" { 
  lifecycle {
    precondition {
      condition = var.v == 1
      error_message = "m"
    }
  }
}
data "null_data_source" "d" { 
  lifecycle {
    postcondition {
      condition = self.id == ""
      error_message = "m"
    }
  }
}
output "o" {
  value = 1
  precondition {
    condition = var.v == 1
    error_message = "m"
  }
}
check "c" {
  assert {
    condition = var.v == 1
    error_message = "m"
  }
}
