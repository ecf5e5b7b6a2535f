variables { 
  req = var.name
}
run "x" {
  variables {
    name = run.y.x
  }
}
run "y" {
}
