run "b" {
  state_key = 4
}
