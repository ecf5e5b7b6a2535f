variable "object" {
  type    = object({ name = string, size = number })
  default = { name = "n", size = 1 }
}

variable "text" {
  default = "x"
}

resource "terraform_data" "a" {
  input = { name = "x" }
}

output "object" {
  value = var.object.nmae
}

output "text" {
  value = var.text.length
}

output "resource" {
  value = terraform_data.a.iput
}

output "literal" {
  value = { a = 1 }.b
}

output "list" {
  value = [1].first
}

output "null" {
  value = null.x
}

output "splat" {
  value = [var.object][*].nothing
}
