variable "settings" {
  type = object({
    name  = string
    ports = optional(list(number), [80])
    tls   = optional(object({ on = bool, cert = optional(string, "none") }))
  })
}

variable "label" {
  type     = string
  default  = "unlabelled"
  nullable = false
}

resource "terraform_data" "r" {
  input = { settings = var.settings, label = var.label }
}

output "ports" {
  value = terraform_data.r.output.settings.ports
}

output "tls" {
  value = var.settings.tls
}
