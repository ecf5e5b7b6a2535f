number = var.list
