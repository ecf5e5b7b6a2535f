resource "terraform_data" "base" {
}

resource "terraform_data" "fails" {
  input = terraform_data.base.id

  provisioner "local-exec" {
    when    = destroy
    command = "exit 3"
  }
}

resource "terraform_data" "independent" {
}
