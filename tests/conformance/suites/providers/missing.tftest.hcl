mock_provider "null" {
}
run "no_second" {
}
