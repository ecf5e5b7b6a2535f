variable "secret" {
  default   = "hush"
  sensitive = true
}

variable "passing" {
  default   = "by"
  ephemeral = true
}

resource "terraform_data" "fine" {
  input = var.secret

  connection {
    host     = "x"
    password = var.passing
  }

  provisioner "local-exec" {
    command     = "test \"$A$B\" = hushby"
    environment = { A = self.output, B = var.passing }
  }
}

resource "terraform_data" "fails" {
  provisioner "local-exec" {
    command = "echo ${var.secret}; exit 3"
  }
}

resource "terraform_data" "fails_too" {
  provisioner "local-exec" {
    command = "exit 4 # ${var.passing}"
  }
}
