resource "null_resource" "x" {
  triggers = { a = "b" }
}

output "x" {
  value = null_resource.x.triggers
}
