module "m" {
  source = "./m"
  count  = 2
  n      = "x"
}

output "all" {
  value = module.m[*].ids
}
