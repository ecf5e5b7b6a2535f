output "files" {
  value = { for name in sort(fileset(path.module, "*.txt")) : name => file(name) if name != "counted.txt" }
}

resource "terraform_data" "counted" {
  input = "updated in place"

  provisioner "local-exec" {
    command = "echo updates run nothing >> late.txt"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo destroyed ${self.input} >> late.txt"
  }
}
