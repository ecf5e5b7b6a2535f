run "y" {
  variables {
    n = "x"
    l = 5
  }
}
