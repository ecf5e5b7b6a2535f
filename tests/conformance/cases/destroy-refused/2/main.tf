resource "terraform_data" "a" {
  input = "x"
  lifecycle {
    postcondition {
      condition = self.output == "y"
      error_message = "not y"
    }
  }
}
variable "v" {
  default = "no"
  validation {
    condition = var.v == "no"
    error_message = "bad"
  }
}
output "o" {
  value = terraform_data.a.output
  precondition {
    condition = terraform_data.a.output == "zz"
    error_message = "not y"
  }
}
