resource "terraform_data" "network" {
  provisioner "local-exec" {
    when    = destroy
    command = "echo network >> order.txt"
  }
}

module "cluster" {
  source  = "./cluster"
  network = terraform_data.network.id
}

resource "terraform_data" "app" {
  depends_on = [module.cluster]

  provisioner "local-exec" {
    when    = destroy
    command = "sleep 0.3; echo app >> order.txt"
  }
}

resource "terraform_data" "dns" {
  input = { app = terraform_data.app.id }

  provisioner "local-exec" {
    when    = destroy
    command = "sleep 0.3; echo dns >> order.txt"
  }
}
