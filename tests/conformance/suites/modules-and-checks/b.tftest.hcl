run "check_fails" {
  variables { n = 5 }
}
run "after" {
}
