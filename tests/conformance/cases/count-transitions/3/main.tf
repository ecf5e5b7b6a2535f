resource "terraform_data" "r" {
  count = 2
  input = "i${count.index}"
}

output "all" {
  value = terraform_data.r[*].output
}
