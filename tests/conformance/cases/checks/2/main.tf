resource "terraform_data" "a" {
  input = "y"
}

check "fails" {
  assert {
    condition     = terraform_data.a.input == "y"
    error_message = "input is ${terraform_data.a.input}, not y"
  }
}
