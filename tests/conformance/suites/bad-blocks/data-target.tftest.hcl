run "b" {
  override_resource {
    target = data.foo.x
  }
}
