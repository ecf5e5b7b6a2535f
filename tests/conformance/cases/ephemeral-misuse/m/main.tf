variable "plain" {}

variable "fine" {
  ephemeral = true
}

output "out" {
  value     = var.fine
  ephemeral = true
}

output "wrong" {
  value = "${var.fine}"
}
