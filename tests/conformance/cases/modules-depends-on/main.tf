resource "null_resource" "first" {
}

module "m" {
  source     = "./m"
  depends_on = [null_resource.first]
}

output "m" {
  value = module.m.inputs
}
