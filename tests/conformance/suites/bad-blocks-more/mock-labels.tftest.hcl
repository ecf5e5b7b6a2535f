mock_provider "foo" {
  mock_resource {
  }
  mock_resource "a" "b" {
  }
}
