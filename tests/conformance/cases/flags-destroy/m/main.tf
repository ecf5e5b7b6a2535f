variable "in" {
}

resource "terraform_data" "r" {
  count = 2
  input = var.in
}

output "out" {
  value = terraform_data.r[*].output
}
