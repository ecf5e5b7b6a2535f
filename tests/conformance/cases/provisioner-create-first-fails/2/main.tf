resource "terraform_data" "a" {
  triggers_replace = "2"

  lifecycle {
    create_before_destroy = true
  }

  provisioner "local-exec" {
    command = "exit 5"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "exit 6"
    on_failure = fail
  }
}

resource "terraform_data" "b" {
  input = terraform_data.a.id
}
