run "x" {
  assert {
     condition = terraform_data.nope.id == 1
     error_message = "x"
  }
}
