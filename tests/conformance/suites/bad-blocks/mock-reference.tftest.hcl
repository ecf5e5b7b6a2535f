mock_provider "foo" {
  mock_resource "a" {
    defaults = { a = foo.bar }
  }
}
