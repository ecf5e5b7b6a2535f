provider "foo" {
  count = 1
  lifecycle {}
}
