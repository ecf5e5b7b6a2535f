variable "i" {}
variable "k" {}
variable "f" {}
resource "terraform_data" "in" { 
  count = 1
  input = var.i 
}
output "o" { value = terraform_data.in[0].output }
output "ri" { value = terraform_data.in[0].input }
output "key" { value = "${var.k}${var.f}" }
