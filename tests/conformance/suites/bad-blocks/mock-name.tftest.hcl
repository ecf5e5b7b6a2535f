mock_provider "baz baz" {
}
