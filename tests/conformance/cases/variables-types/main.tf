variable "number" {
  type    = number
  default = "12"
}

variable "bool" {
  type    = bool
  default = "true"
}

variable "string" {
  type    = string
  default = 5
}

variable "list" {
  type    = list(string)
  default = [1, true, "x"]
}

variable "set" {
  type    = set(number)
  default = [3, 1, 3]
}

variable "map" {
  type    = map(any)
  default = { a = 1, b = "x" }
}

variable "tuple" {
  type    = tuple([string, number, bool])
  default = [1, "2", "false"]
}

variable "object" {
  type = object({
    name   = string
    size   = optional(number, 3)
    tags   = optional(map(string), {})
    nested = optional(object({ on = optional(bool, true), level = optional(number) }), {})
    list   = optional(list(object({ a = optional(string, "d") })), [{}])
    note   = optional(string)
  })
  default = { name = "n", ignored = "attribute" }
}

variable "any" {
  type    = any
  default = { a = [1, "x"] }
}

variable "untyped" {
  default = ["x", 1]
}

variable "objects" {
  type = map(object({
    port = number
    tls  = optional(bool, false)
  }))
  default = {
    b = { port = "443", tls = true }
    a = { port = 80 }
  }
}

output "all" {
  value = [var.number, var.bool, var.string, var.list, var.set, var.map, var.tuple, var.object, var.any, var.untyped, var.objects]
}

resource "terraform_data" "each" {
  for_each = var.objects
  input    = each.value
}
