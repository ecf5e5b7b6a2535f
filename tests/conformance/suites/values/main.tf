variable "secret" {
  type      = number
  sensitive = true
  default   = 1
}
variable "strict" {
  type     = string
  nullable = false
  default  = "d"
}
variable "required" {
  type     = string
  nullable = false
}
variable "shape" {
  type = object({
    a = string
    b = optional(number, 7)
  })
  default = { a = "x" }
}
variable "checked" {
  type    = string
  default = "ok"
  validation {
    condition     = length(var.checked) < 5 && var.strict != "bad"
    error_message = "Too long: ${var.checked}."
  }
  validation {
    condition     = var.checked != "no"
    error_message = "No: ${var.secret}."
  }
}
resource "terraform_data" "a" {
  input = var.strict
}
output "shape" {
  value = var.shape
}
output "strict" {
  value = terraform_data.a.output
}
output "secret" {
  value     = var.secret
  sensitive = true
}
