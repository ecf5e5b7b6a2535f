variables { 
  req = local.x
}
run "x" {
}
