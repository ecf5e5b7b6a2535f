mock_provider "foo" {
  override_during = x
}
