# A name for this deployment. It stays the same until the domain changes.
resource "random_pet" "deployment" {
  length = 2

  keepers = {
    domain = var.domain
  }
}

# One set of files per service.
module "service" {
  source   = "./modules/service"
  for_each = var.services

  name       = each.key
  port       = each.value.port
  replicas   = each.value.replicas
  deployment = random_pet.deployment.id
  directory  = "${path.root}/${var.output_directory}"
}

# An overview of all of them, and what a load balancer would need to know.
resource "local_file" "inventory" {
  filename        = "${path.root}/${var.output_directory}/inventory.md"
  file_permission = "0644"

  content = templatefile("${path.module}/templates/inventory.md.tftpl", {
    deployment = random_pet.deployment.id
    domain     = var.domain
    services = {
      for name, service in var.services : name => {
        port     = service.port
        public   = service.public
        backends = module.service[name].backends
      }
    }
  })
}
