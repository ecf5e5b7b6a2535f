run "b" {
  override_resource {
  }
}
