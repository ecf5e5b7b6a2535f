module "m" {
  source   = "./m"
  settings = { name = "a", ports = null, tls = { on = "false", cert = "c" } }
  label    = "x"
}

output "m" {
  value = module.m
}
