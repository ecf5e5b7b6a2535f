resource "terraform_data" "a" {
  bogus = 1

  provisioner "foo" {
  }
}

removed {
  from = terraform_data.x

  provisioner "bar" {
    when = destroy
  }
}
