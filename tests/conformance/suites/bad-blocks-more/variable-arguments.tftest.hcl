variable "y" {
  type = string
  default = 3
  sensitive = true
  foo = 1
  description = "x"
  validation {
    condition = var.y == 4
    error_message = "x"
  }
}
