resource "terraform_data" "fails" {
  provisioner "local-exec" {
    command = "echo one >> log.txt; exit 1"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo destroyed >> log.txt"
  }
}

resource "terraform_data" "stays" {
  provisioner "local-exec" {
    when    = destroy
    command = "exit 9"
  }
}

output "log" {
  value = fileexists("log.txt") ? file("log.txt") : ""
}
