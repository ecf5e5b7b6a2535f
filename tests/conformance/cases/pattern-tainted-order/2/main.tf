resource "terraform_data" "download" {
  provisioner "local-exec" {
    command = "echo download >> steps.txt"
  }
}

resource "terraform_data" "build" {
  triggers_replace = [terraform_data.download.id]

  provisioner "local-exec" {
    command = "echo build started >> steps.txt"
  }

  provisioner "local-exec" {
    command = "true"
  }

  provisioner "local-exec" {
    command = "echo build finished >> steps.txt"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo clean up >> steps.txt"
  }
}

resource "terraform_data" "publish" {
  triggers_replace = [terraform_data.build.id]

  provisioner "local-exec" {
    command = "echo publish >> steps.txt"
  }
}

output "steps" {
  value = fileexists("steps.txt") ? split("\n", trimspace(file("steps.txt"))) : []
}
