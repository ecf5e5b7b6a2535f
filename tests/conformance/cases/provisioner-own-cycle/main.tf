resource "terraform_data" "a" {
  count = 2
  input = "v${count.index}"

  provisioner "local-exec" {
    command = "echo ${join(",", terraform_data.a[*].input)}"
  }
}
