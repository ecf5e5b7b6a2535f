locals {
  c = "${local.b}-c"
  a = "a"
}

output "c" {
  value = local.c
}
