run "x" {
}
run "y" {
  variables {
    a = run.x.zz
  }
}
