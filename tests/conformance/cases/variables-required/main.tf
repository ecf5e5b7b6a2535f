variable "must" {
  type        = string
  description = "You must give this"
}

variable "also" {}

output "o" {
  value = var.must
}
