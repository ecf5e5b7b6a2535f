variable "known" {
  default = "k"
}

output "known" {
  value = var.known
}
