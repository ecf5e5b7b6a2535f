resource "terraform_data" "x" {
  input = { a = "b" }
}

output "x" {
  value = terraform_data.x.output
}
