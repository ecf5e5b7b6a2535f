resource "terraform_data" "arguments" {
  provisioner "local-exec" {
    bogus = 1
    foo {}
  }

  provisioner "local-exec" {
    hidden_by_the_first = 1
  }
}

resource "terraform_data" "types" {
  provisioner "local-exec" {
    command     = ["a"]
    interpreter = "bash"
    environment = { a = [] }
    quiet       = "maybe"
  }

  connection {
    port  = "x"
    bogus = 1
  }
}

resource "terraform_data" "remote_none" {
  provisioner "remote-exec" {}
}

resource "terraform_data" "remote_two" {
  provisioner "remote-exec" {
    inline = ["a"]
    script = "x"
  }
}

resource "terraform_data" "file_none" {
  provisioner "file" {
    destination = "x"
  }
}

resource "terraform_data" "file_both" {
  provisioner "file" {
    source      = "a"
    content     = "b"
    destination = "x"
  }
}

resource "terraform_data" "file_nowhere" {
  provisioner "file" {
    source = "a"
  }
}

resource "terraform_data" "references" {
  provisioner "local-exec" {
    command     = terraform_data.nope.id
    working_dir = module.nope.x
  }

  connection {
    host = self.nope
    user = terraform_data.references.nope
  }
}

resource "terraform_data" "values" {
  provisioner "local-exec" {
    command     = var.nope
    working_dir = local.nope
  }
}

resource "terraform_data" "count" {
  provisioner "local-exec" {
    command = count.index
  }
}

resource "terraform_data" "each" {
  provisioner "local-exec" {
    command = each.key
  }
}

resource "terraform_data" "self" {
  provisioner "local-exec" {
    command     = self
    environment = self.id
    working_dir = self.id.x
  }
}

resource "terraform_data" "function" {
  provisioner "local-exec" {
    command = file("no-such-file")
  }
}

resource "terraform_data" "dynamic" {
  provisioner "local-exec" {
    command = "x"

    dynamic "foo" {
      for_each = [1]
      content {}
    }
  }

  connection {
    dynamic "foo" {
      for_each = [1]
      content {}
    }
  }
}

resource "terraform_data" "merged" {
  connection {
    not_reported = 1
  }

  provisioner "local-exec" {
    command = "x"

    connection {
      host = "x"
    }
  }
}

resource "terraform_data" "never_used" {
  connection {
    not_reported = local.nope
  }
}

resource "terraform_data" "body_too" {
  bogus = 1

  provisioner "local-exec" {}
}
