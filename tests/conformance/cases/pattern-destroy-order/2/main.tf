resource "terraform_data" "network" {
  count = 0
  provisioner "local-exec" {
    when    = destroy
    command = "echo network >> order.txt"
  }
}

module "cluster" {
  source  = "./cluster"
  count   = 0
  network = one(terraform_data.network[*].id)
}

resource "terraform_data" "app" {
  count = 0
  depends_on = [module.cluster]

  provisioner "local-exec" {
    when    = destroy
    command = "sleep 0.3; echo app >> order.txt"
  }
}

resource "terraform_data" "dns" {
  count = 0
  input = { app = one(terraform_data.app[*].id) }

  provisioner "local-exec" {
    when    = destroy
    command = "sleep 0.3; echo dns >> order.txt"
  }
}
