run "b" {
  module {
  }
}
