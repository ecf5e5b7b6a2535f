run "b" {
  expect_failures = ["x", 1+2]
}
