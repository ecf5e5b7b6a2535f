variable "in" {
  type      = string
  ephemeral = true
}

output "out" {
  value     = "Bearer ${var.in}"
  ephemeral = true
}

output "plain" {
  value = "p"
}
