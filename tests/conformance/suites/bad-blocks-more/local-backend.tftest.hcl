run "a" {
  backend "local" {
  }
}
