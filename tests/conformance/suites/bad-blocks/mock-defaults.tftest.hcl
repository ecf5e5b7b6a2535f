mock_provider "foo" {
  mock_resource "a" {
    defaults = 1
    foo = 2
  }
}
