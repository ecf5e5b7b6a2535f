run "x" {
  assert {
    condition = var.x == 1
    error_message = "x"
    foo = 1
  }
  bogus {}
}
