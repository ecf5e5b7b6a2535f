variable "n" { 
  default = 1
  validation {
    condition = var.n < 10
    error_message = "too big"
  }
}
variable "s" { 
  default = "s"
  sensitive = true
}
resource "terraform_data" "a" {
  input = var.n
  lifecycle {
    prevent_destroy = true
    precondition {
      condition = var.n != 2
      error_message = "n is 2"
    }
    postcondition {
      condition = self.output != 3
      error_message = "out is 3"
    }
  }
}
resource "terraform_data" "b" {
  count = 2
  input = var.n
}
resource "terraform_data" "left" {
  input = var.n
  provisioner "local-exec" {
    when = destroy
    command = "test ${self.output} != 5"
  }
}
output "o" { 
  value = var.n 
  precondition {
    condition = var.n != 4
    error_message = "n is 4"
  }
}
check "c" {
  assert {
    condition = terraform_data.a.output != 6
    error_message = "c is 6"
  }
}
