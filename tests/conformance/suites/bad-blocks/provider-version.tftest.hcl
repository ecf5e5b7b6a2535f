provider "foo" {
  alias = "x"
  version = "1"
}
mock_provider "foo" {
  alias = "x"
}
