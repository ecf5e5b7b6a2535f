run "b" {
  assert {
    condition = true
  }
}
