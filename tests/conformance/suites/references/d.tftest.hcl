variables { 
  req = 1
}
run "x" {
  variables {
    name = var.nope
    zz = 1
  }
}
run "y" {
}
