variable "e" {
  default   = "x"
  ephemeral = true
}

resource "terraform_data" "a" {
  input = var.e
}

output "o" {
  value = var.e
}

resource "terraform_data" "count" {
  count = var.e == "x" ? 1 : 0
}
