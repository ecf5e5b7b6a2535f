variable "name" {}

resource "terraform_data" "r" {
  count = 2
  input = "${var.name}-${count.index}"

  connection {
    host = var.name
  }

  provisioner "local-exec" {
    command = "echo created ${self.input} ${path.module} ${basename(path.root)} > ${self.input}.txt"
  }
}

resource "terraform_data" "d" {
  count = 2
  input = "d-${var.name}-${count.index}"

  provisioner "local-exec" {
    when    = destroy
    command = "echo destroyed ${self.input} ${path.module} ${terraform.workspace} > ${self.input}.txt"
  }
}
