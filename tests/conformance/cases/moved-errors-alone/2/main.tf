resource "terraform_data" "a" {
}

resource "terraform_data" "q" {
  count = terraform_data.a.id
}

moved {
  from = terraform_data.a
  to   = terraform_data.b
}

output "o" {
  value = terraform_data.a.id
}
