variable "name" {
  type    = string
  default = "x"
}
resource "terraform_data" "a" {
  input = var.name
}
output "o" {
  value = terraform_data.a.output
}
