run "b" {
  variables {
    x = 1
  }
  variables {
    y = 1
  }
}
