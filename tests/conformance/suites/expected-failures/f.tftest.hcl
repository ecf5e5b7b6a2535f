variable "x" {
  type = string
}
variable "y" {
  default = "3"
}
variables {
  n = var.y
}
run "big" {
  assert {
    condition = var.n == 3
    error_message = "n is ${var.n}"
  }
  assert {
    condition = var.y == 4
    error_message = "n is ${var.n}"
  }
}
