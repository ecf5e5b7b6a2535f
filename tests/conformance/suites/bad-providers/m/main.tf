resource "terraform_data" "b" {
}
output "z" { value = 1 }
