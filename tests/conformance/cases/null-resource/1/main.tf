resource "null_resource" "plain" {
}

resource "null_resource" "triggers" {
  triggers = { a = "1", n = 2, b = true }
}

resource "terraform_data" "a" {
  input = "x"
}

resource "null_resource" "unknown" {
  triggers = { id = terraform_data.a.id, known = "k" }
}
