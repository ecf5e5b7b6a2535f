resource "terraform_data" "r" {
  count = 0
  input = "none"
}

output "all" {
  value = terraform_data.r
}
