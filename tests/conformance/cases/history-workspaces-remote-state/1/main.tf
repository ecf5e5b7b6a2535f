output "name" {
  value = "from ${terraform.workspace}"
}
