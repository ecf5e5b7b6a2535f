variable "type" {
  type = strin
}

variable "default" {
  type    = number
  default = "x"
}

variable "list" {
  type = list
}

variable "object" {
  type = object({ a = optional(string, 1, 2) })
}

variable "optional" {
  type = optional(string)
}

variable "count" {
  default = 1
}

variable "1bad" {}

variable "reference" {
  default = local.x
}

variable "validation" {
  validation {
    condition = true
  }
  validation {
    condition     = var.validation == "x"
    error_message = ""
  }
}

variable "null_default" {
  nullable = false
  default  = null
}

variable "unknown" {
  typ = string
}
