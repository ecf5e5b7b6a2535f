run "y" {
  variables {
    a = run.zz.x
  }
}
