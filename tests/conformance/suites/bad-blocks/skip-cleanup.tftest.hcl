run "b" {
  skip_cleanup = "maybe"
  foo = 2
}
