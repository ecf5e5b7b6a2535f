resource "terraform_data" "version" {
  input = "2"
}

resource "terraform_data" "base" {
  lifecycle {
    replace_triggered_by = [terraform_data.version]
  }

  provisioner "local-exec" {
    command = "echo create base >> order.txt"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo destroy base >> order.txt"
  }
}

resource "terraform_data" "middle" {
  triggers_replace = terraform_data.base.id



  provisioner "local-exec" {
    command = "echo create middle >> order.txt"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo destroy middle >> order.txt"
  }
}

resource "terraform_data" "top" {
  input = terraform_data.middle.id

  lifecycle {
    replace_triggered_by = [terraform_data.middle.id]
  }

  provisioner "local-exec" {
    command = "echo create top >> order.txt"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo destroy top >> order.txt"
  }
}

output "order" {
  value = fileexists("order.txt") ? split("\n", trimspace(file("order.txt"))) : []
}
