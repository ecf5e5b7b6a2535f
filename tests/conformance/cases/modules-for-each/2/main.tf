module "m" {
  source   = "./m"
  for_each = { b = 2, "c d" = 3 }
  value    = "${each.key}=${each.value}"
}

output "all" {
  value = module.m
}
