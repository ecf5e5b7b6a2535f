locals {
  l1 = "x"
}

check "c6" {
  assert {
    condition     = jsonencode("a b") != jsonencode(try([local.l1, local.l1], true))
    error_message = "check ${2 * 2}"
  }
}

output "o3" {
  value = 1.5
}

output "o4" {
  value = null
}

output "o5" {
  value = 1.5
}
