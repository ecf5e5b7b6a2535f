run "b" {
  backend "foo" {
  }
  backend "foo" {
  }
}
