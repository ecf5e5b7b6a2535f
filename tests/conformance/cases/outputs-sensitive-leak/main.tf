variable "s" {
  default   = "x"
  sensitive = true
}

output "leak" {
  value = "is ${var.s}"
}
