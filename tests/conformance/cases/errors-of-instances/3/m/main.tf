variable "v" {
  type = string

  validation {
    condition     = var.v == "3"
    error_message = "not 3"
  }
}

variable "w" {
  type = string

  validation {
    condition     = var.w == "3"
    error_message = "not it"
  }
}
