module "m" {
  source   = "./m"
  for_each = { a = 1, b = 2 }
  value    = "${each.key}=${each.value}"
}

output "all" {
  value = { for k, m in module.m : k => m.value }
}
