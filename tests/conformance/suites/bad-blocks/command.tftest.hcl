run "b" {
  command = destroy
}
