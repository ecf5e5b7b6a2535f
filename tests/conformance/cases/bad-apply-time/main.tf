resource "terraform_data" "a" {
  input = "text"
}

resource "terraform_data" "fails" {
  input = tonumber(terraform_data.a.output)
}

resource "terraform_data" "after" {
  input = terraform_data.fails.id
}

resource "terraform_data" "independent" {
  input = terraform_data.a.output
}

output "a" {
  value = terraform_data.a.output
}

output "fails" {
  value = terraform_data.fails.output
}
