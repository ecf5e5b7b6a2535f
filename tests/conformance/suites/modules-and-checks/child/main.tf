variable "n" {}
resource "terraform_data" "c" {
  input = var.n
  lifecycle {
    postcondition {
      condition = self.output != 11
      error_message = "child is 11"
    }
  }
}
output "out" { value = terraform_data.c.output }
