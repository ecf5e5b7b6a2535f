run "child_fails" {
  variables { n = 11 }
  expect_failures = [check.n]
}
run "after" {
}
