locals {
  a = "${local.a}x"
}

output "a" {
  value = local.a
}
