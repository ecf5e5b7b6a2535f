resource "terraform_data" "status" {
  provisioner "local-exec" {
    command = "echo first; echo second >&2; exit 3"
  }

  provisioner "local-exec" {
    command = "echo never"
  }
}

resource "terraform_data" "dependent" {
  input = terraform_data.status.id
}

resource "terraform_data" "signal" {
  provisioner "local-exec" {
    command = "kill -9 $$"
  }
}

resource "terraform_data" "program" {
  provisioner "local-exec" {
    command     = "x"
    interpreter = ["no-such-program", "-c"]
  }
}

resource "terraform_data" "path" {
  provisioner "local-exec" {
    command     = "x"
    interpreter = ["./no-such-program"]
  }
}

resource "terraform_data" "directory" {
  provisioner "local-exec" {
    command     = "x"
    working_dir = "no-such-directory"
  }
}

resource "terraform_data" "empty" {
  provisioner "local-exec" {
    command = ""
  }
}

resource "terraform_data" "evaluation" {
  provisioner "local-exec" {
    command = self.output.missing
  }
}

resource "terraform_data" "goes_on" {
  provisioner "local-exec" {
    command    = "exit 1"
    on_failure = continue
  }

  provisioner "local-exec" {
    command = "echo after"
  }
}

resource "terraform_data" "after" {
  input = terraform_data.goes_on.id
}

resource "terraform_data" "long" {
  provisioner "local-exec" {
    command = "i=0; while [ $i -lt 1200 ]; do echo line $i; i=$((i+1)); done; exit 1"
  }
}

resource "terraform_data" "unreachable" {
  provisioner "remote-exec" {
    inline = ["true"]
  }
}

resource "terraform_data" "no_host" {
  provisioner "file" {
    content     = "x"
    destination = "/tmp/x"

    connection {
      host = ""
    }
  }
}

resource "terraform_data" "kind" {
  connection {
    type = "telnet"
    host = "127.0.0.1"
  }

  provisioner "remote-exec" {
    inline = ["true"]
  }
}

resource "terraform_data" "port" {
  connection {
    host = "127.0.0.1"
    port = 65536
  }

  provisioner "remote-exec" {
    inline = ["true"]
  }
}

resource "terraform_data" "key" {
  connection {
    host        = "127.0.0.1"
    private_key = "no key"
  }

  provisioner "remote-exec" {
    inline = ["true"]
  }
}

resource "terraform_data" "platform" {
  connection {
    host            = "127.0.0.1"
    target_platform = "vms"
  }

  provisioner "remote-exec" {
    inline = ["true"]
  }
}

resource "terraform_data" "script" {
  connection {
    host = "127.0.0.1"
  }

  provisioner "remote-exec" {
    scripts = ["no-such-script"]
  }
}

resource "terraform_data" "nulls" {
  connection {
    host = "127.0.0.1"
  }

  provisioner "remote-exec" {
    inline = ["true", null]
  }
}
