resource "terraform_data" "a" {
  input = { k = "v", s = "secret" }
}

output "new" {
  value = terraform_data.a.input.k
}
