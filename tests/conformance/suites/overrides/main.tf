resource "terraform_data" "a" {
  input = "a"
}
resource "terraform_data" "b" {
  input            = terraform_data.a.output
  triggers_replace = [terraform_data.a.id]
}
output "a" {
  value = terraform_data.a
}
