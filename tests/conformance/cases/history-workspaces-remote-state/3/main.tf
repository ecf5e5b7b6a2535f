output "name" {
  value = "changed in ${terraform.workspace}"
}
