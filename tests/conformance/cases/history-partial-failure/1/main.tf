resource "terraform_data" "a" {
  input = "a"
}

resource "terraform_data" "b" {
  count = 3
  input = count.index == 1 ? file("missing ${terraform_data.a.output}") : terraform_data.a.output
}

resource "terraform_data" "c" {
  input = terraform_data.b[0].output
}

resource "terraform_data" "d" {
  input = terraform_data.a.id
}

output "b" {
  value = terraform_data.b[2].output
}
