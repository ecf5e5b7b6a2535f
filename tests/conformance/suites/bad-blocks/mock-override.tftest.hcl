mock_provider "foo" {
  override_resource {
    target = foo.x
  }
}
