mock_provider "foo" {
  override_module {
    target = module.x
  }
  bogus {}
}
