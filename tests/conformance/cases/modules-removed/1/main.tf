module "one" {
  source = "./a"
}

module "two" {
  source = "./a"
}

output "b" {
  value = module.one.b
}
