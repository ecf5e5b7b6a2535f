run "a" {
  command = plan
}
run "b" {
  command = plan
  assert {
    condition = run.a.n == 2
    error_message = "unknown"
  }
}
