mock_provider "bar" {
  source = "./nonexist"
}
