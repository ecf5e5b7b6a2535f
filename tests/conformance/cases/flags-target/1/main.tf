resource "terraform_data" "a" {
  input = "a"
}

resource "terraform_data" "b" {
  input = terraform_data.a.output
}

resource "terraform_data" "c" {
  input = terraform_data.b.output
}

resource "terraform_data" "many" {
  count = 3
  input = terraform_data.a.output
}

module "m" {
  source = "./m"
}

output "b" {
  value = terraform_data.b.output
}

output "c" {
  value = terraform_data.c.output
}
