locals {
  backends = [for index in range(var.replicas) : format("%s-%s-%02d", var.name, random_id.suffix.hex, index + 1)]
}

# Tells this service's hosts from those of the next one with the same name.
resource "random_id" "suffix" {
  byte_length = 2

  keepers = {
    deployment = var.deployment
  }
}

resource "random_password" "token" {
  length  = 24
  special = false
}

resource "local_file" "config" {
  filename        = "${var.directory}/${var.name}/service.conf"
  file_permission = "0644"

  content = templatefile("${path.module}/service.conf.tftpl", {
    name       = var.name
    deployment = var.deployment
    port       = var.port
    backends   = local.backends
  })
}

resource "local_sensitive_file" "token" {
  filename = "${var.directory}/${var.name}/token"
  content  = random_password.token.result
}
