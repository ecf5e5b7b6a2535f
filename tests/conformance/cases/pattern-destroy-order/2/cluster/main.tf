variable "network" {}

resource "terraform_data" "control" {
  input = var.network

  provisioner "local-exec" {
    when    = destroy
    command = "sleep 0.1; echo control >> order.txt"
  }
}

resource "terraform_data" "node" {
  count = 1
  input = terraform_data.control.id

  provisioner "local-exec" {
    when    = destroy
    command = "sleep 0.2; echo node >> order.txt"
  }
}
