run "child_fails_late" {
  variables { n = 10 }
  expect_failures = [check.n]
  assert {
    condition = module.child[0].out == 10
    error_message = "no"
  }
}
