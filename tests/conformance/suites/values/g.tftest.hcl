variable "mine" {
  type    = number
  default = "5"
}
variables {
  required = "r${var.mine + 1}"
}
run "own_variable" {
  command = plan
  assert {
    condition     = var.required == "r5" && var.mine == 5
    error_message = "${var.required} ${var.mine}"
  }
}
