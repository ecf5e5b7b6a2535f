locals {
  name  = "shop-${var.environment}"
  hosts = [for index in range(var.instances) : format("%s-%02d", local.name, index + 1)]
  out   = "${path.root}/out/${var.environment}"

  features = merge({ audit_log = true, new_checkout = false }, var.features)
}

# The values of one environment never reach the state of another.
resource "terraform_data" "environment" {
  input = var.environment

  lifecycle {
    precondition {
      condition     = terraform.workspace == var.environment
      error_message = "The values are for ${var.environment}, but the workspace is ${terraform.workspace}."
    }
  }
}

resource "random_password" "database" {
  length           = 32
  override_special = "-_"

  keepers = {
    environment = terraform_data.environment.output
  }
}

resource "random_integer" "maintenance_hour" {
  min = 1
  max = 5

  keepers = {
    environment = terraform_data.environment.output
  }
}

resource "local_file" "host" {
  for_each = toset(local.hosts)

  filename        = "${local.out}/hosts/${each.key}.json"
  file_permission = "0644"

  content = jsonencode({
    name        = each.key
    environment = var.environment
    size        = var.instance.size
    disk_gb     = var.instance.disk_gb
  })
}

resource "local_file" "application" {
  filename        = "${local.out}/application.conf"
  file_permission = "0644"

  content = templatefile("${path.module}/templates/application.conf.tftpl", {
    name             = local.name
    hosts            = [for host in local.hosts : local_file.host[host].filename]
    features         = local.features
    maintenance_hour = random_integer.maintenance_hour.result
  })
}

resource "local_sensitive_file" "database" {
  filename = "${local.out}/database.env"
  content  = "DATABASE_URL=postgres://shop:${random_password.database.result}@${local.name}-db/shop\n"
}

resource "local_file" "backup" {
  count = var.backup == null ? 0 : 1

  filename        = "${local.out}/backup.json"
  file_permission = "0644"
  content         = jsonencode(merge(var.backup, { database = "${local.name}-db" }))
}
