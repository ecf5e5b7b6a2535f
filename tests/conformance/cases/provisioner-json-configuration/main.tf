variable "password" {
  sensitive = true
  default   = "secret"
}

resource "terraform_data" "a" {
  input = "a"

  connection {
    host     = self.input
    password = var.password
  }

  provisioner "local-exec" {
    command     = "echo ${self.id} $X"
    environment = { X = var.password }
    quiet       = true

    connection {
      host = "elsewhere"
      user = terraform_data.b["k"].output
    }
  }

  provisioner "local-exec" {
    on_failure  = continue
    command     = "echo ${self.id}"
    interpreter = ["sh", "-c"]
  }
}

resource "terraform_data" "gone" {
  provisioner "local-exec" {
    when       = destroy
    on_failure = continue
    command    = "echo ${self.id}"
  }
}

resource "terraform_data" "b" {
  for_each = { k = 1 }
  input    = each.key

  provisioner "local-exec" {
    command = "echo ${each.key} ${each.value} ${terraform_data.b["k"].input}"
  }
}
