variable "name" {
  type = string
}

resource "terraform_data" "r" {
  input = var.name
}

output "deep" {
  value = terraform_data.r.output
}
