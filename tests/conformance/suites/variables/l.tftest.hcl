run "y" {
  variables {
    a = run.y.a
  }
}
