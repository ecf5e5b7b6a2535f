variables {
  required = "r"
}
run "secret_wrong" {
  command = plan
  variables {
    secret = "word"
  }
}
