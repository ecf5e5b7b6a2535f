resource "terraform_data" "fine" {
  input = "x"
}

resource "terraform_data" "fails" {
  lifecycle {
    precondition {
      condition     = terraform_data.fine.input == "y"
      error_message = "It is not y."
    }
  }
}
