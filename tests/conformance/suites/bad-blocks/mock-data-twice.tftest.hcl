mock_provider "foo" {
  mock_data "a" {
  }
  mock_data "a" {
  }
}
