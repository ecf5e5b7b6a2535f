variable "b" {
  description = "A list of numbers"
  type        = list(number)
}

output "o" {
  value = var.b
}
