variable "number" {
  type    = number
  default = 1
}

variable "list" {
  type    = list(string)
  default = []
}

variable "object" {
  type    = object({ name = string, size = number })
  default = { name = "n", size = 1 }
}

output "all" {
  value = [var.number, var.list, var.object]
}
