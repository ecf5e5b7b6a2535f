run "x" {
  expect_failures = [local.x]
}
