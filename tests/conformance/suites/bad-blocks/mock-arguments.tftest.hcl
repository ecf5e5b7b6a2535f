mock_provider "foo" {
  source = 1
  foo = 2
}
