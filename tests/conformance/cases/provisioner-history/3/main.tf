output "files" {
  value = { for name in sort(fileset(path.module, "*.txt")) : name => file(name) if name != "counted.txt" }
}

resource "terraform_data" "counted" {
  input = "no count any more"

  provisioner "local-exec" {
    when    = destroy
    command = "echo destroyed ${self.input} >> late.txt"
  }
}

resource "terraform_data" "first" {
  triggers_replace = "2"

  provisioner "local-exec" {
    when    = destroy
    command = "echo destroyed with what is said now ${self.triggers_replace} >> first.txt"
  }
}
