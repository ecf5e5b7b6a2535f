resource "terraform_data" "r" {
  count = 3
  input = "i${count.index}"
}

output "last" {
  value = terraform_data.r[2].output
}
