module "m" {
  source = "./m"
  count  = 1
  n      = count.index
}

output "all" {
  value = module.m[*].inputs
}
