resource "null_resource" "plain" {
  triggers = { now = "some" }
}

resource "null_resource" "triggers" {
  triggers = { a = "1", n = 3 }
}

resource "terraform_data" "a" {
  input            = "x"
  triggers_replace = "again"
}

resource "null_resource" "unknown" {
  triggers = { id = terraform_data.a.id, known = "k" }
}
