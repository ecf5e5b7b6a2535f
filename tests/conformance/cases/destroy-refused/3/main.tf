resource "terraform_data" "a" { input = "x" }
variable "v" {
  default = "no"
  validation {
    condition = var.v != "no"
    error_message = "bad"
  }
}
