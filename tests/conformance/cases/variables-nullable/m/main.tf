variable "kept" {
  type    = string
  default = "default"
}

variable "replaced" {
  type     = string
  default  = "default"
  nullable = false
}

output "kept" {
  value = var.kept
}

output "replaced" {
  value = var.replaced
}
