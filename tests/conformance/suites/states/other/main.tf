resource "terraform_data" "o" {
  input = "other"
}
output "o" { value = terraform_data.o.output }
