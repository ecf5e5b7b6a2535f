variable "n" {}

resource "terraform_data" "r" {
  count = 2
  input = "${var.n}-${count.index}"
}

output "inputs" {
  value = terraform_data.r[*].input
}

output "ids" {
  value = [for r in terraform_data.r : r.output]
}
