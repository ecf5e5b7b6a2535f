module "m" {
  source = "./m"
  count  = 3
  n      = count.index
}

output "all" {
  value = module.m[*].inputs
}

output "one" {
  value = module.m[2].ids
}
