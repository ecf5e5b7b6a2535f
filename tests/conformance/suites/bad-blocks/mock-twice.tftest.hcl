mock_provider "foo" {
  mock_resource "a" {
    defaults = {}
  }
  mock_resource "a" {
    defaults = {}
  }
  mock_resource "b" {
    defaults = []
    override_during = 1
  }
}
