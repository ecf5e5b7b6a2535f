variables {
  required = "r"
}
run "too_long" {
  command = plan
  variables {
    checked = "too long"
  }
}
