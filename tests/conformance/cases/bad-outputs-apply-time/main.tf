resource "terraform_data" "a" {
  input = "text"
}

output "fails" {
  value = tonumber(terraform_data.a.output)
}

output "works" {
  value = terraform_data.a.output
}
