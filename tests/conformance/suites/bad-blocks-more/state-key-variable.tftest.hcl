run "a" {
  state_key = var.x
}
