variable "text" {
  default = "y"
}

check "errors" {
  assert {
    condition     = tonumber(var.text) == 1
    error_message = "no number"
  }
}
