run "b" {
  providers = {
    foo = bar
    "x" = aws.y
  }
}
