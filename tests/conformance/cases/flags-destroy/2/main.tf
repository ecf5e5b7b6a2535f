resource "terraform_data" "a" {
  input = "changed"

  lifecycle {
    precondition {
      condition     = terraform_data.b.input == "never"
      error_message = "m"
    }
  }
}

resource "terraform_data" "b" {
  input = "b"
}
