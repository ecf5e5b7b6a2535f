locals {
  a = 1
}

resource "terraform_data" "b" {}

resource "terraform_data" "a" {
  for_each = toset(["a"])

  provisioner "local-exec" {
    when        = destroy
    command     = "${each.key} ${each.value} ${local.a} ${terraform_data.b.id} ${path.module} ${terraform.workspace}"
    environment = { A = module.x.y, B = data.a.b.c, C = var.nope, D = self.id }

    connection {
      host = local.a
    }
  }

  connection {
    host = local.a
  }
}

resource "terraform_data" "keywords" {
  provisioner "local-exec" {
    when       = "destroy"
    on_failure = "continue"
    command    = "x"
  }

  provisioner "local-exec" {
    when       = later
    on_failure = stop
    command    = "x"
    lifecycle {}

    connection {}
    connection {}
  }

  provisioner "chef" {}

  connection {}
  connection {}
}

removed {
  from = terraform_data.x

  lifecycle {
    destroy = true
  }

  connection {
    host = local.not_looked_at
  }

  provisioner "local-exec" {
    when    = destroy
    command = local.x

    connection {
      host = local.y
    }
  }

  provisioner "local-exec" {
    command = "x"
  }
}

removed {
  from = module.x

  connection {
    host = "x"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "x"
  }
}
