resource "terraform_data" "port" {
  input = 8080
}

module "m" {
  source   = "./m"
  settings = { name = "a", ports = [terraform_data.port.output, "443"], tls = { on = true } }
  label    = null
}

output "m" {
  value = module.m
}
