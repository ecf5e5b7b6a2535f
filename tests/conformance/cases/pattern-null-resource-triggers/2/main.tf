terraform {
  required_providers {
    null = { source = "hashicorp/null" }
  }
}

locals {
  version = "2"
  hosts   = { web = "10.0.0.1", cache = "10.0.0.3" }
}

resource "null_resource" "cluster" {
  for_each = local.hosts

  triggers = {
    address = each.value
    version = local.version
    script  = sha256(file("${path.module}/deploy.txt"))
  }

  provisioner "local-exec" {
    command     = "echo deploy $VERSION to ${each.key} ${self.triggers.address} >> $LOG"
    environment = { VERSION = local.version, LOG = "log-${each.key}.txt" }
  }

  provisioner "local-exec" {
    when        = destroy
    command     = "echo drain ${self.triggers.address} of ${self.triggers.version} >> $LOG"
    environment = { LOG = "log-${each.key}.txt" }
  }
}

resource "null_resource" "after" {
  triggers   = { ids = join(",", [for key in sort(keys(local.hosts)) : null_resource.cluster[key].id]) }
  depends_on = [null_resource.cluster]

  provisioner "local-exec" {
    command = "cat log-*.txt | wc -l | tr -d ' ' > count.txt"
  }
}

output "logs" {
  value = { for name in sort(fileset(path.module, "log-*.txt")) : name => split("\n", trimspace(file(name))) }
}
