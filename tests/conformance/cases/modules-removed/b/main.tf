resource "terraform_data" "r" {
  count = 2
  input = "b"
}

output "id" {
  value = terraform_data.r[0].output
}
