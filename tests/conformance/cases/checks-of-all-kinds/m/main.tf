variable "x" {
  validation {
    condition = var.x == "a"
    error_message = "must be a"
  }
}
check "inner" {
  assert {
    condition = var.x == "b"
    error_message = "inner ${var.x}"
  }
}
output "o" { 
  value = var.x
  precondition { 
    condition = var.x == "a"
    error_message = "mod out"
  }
}
