run "b" {
  assert {
  }
  assert {
    condition = true
    error_message = "x"
  }
}
