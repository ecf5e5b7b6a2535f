variables {
  required = "r"
  checked  = "no"
}
run "message_is_secret" {
  command = plan
}
