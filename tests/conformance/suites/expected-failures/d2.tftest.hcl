run "big" {
  variables { n = 50 }
  expect_failures = [var.n]
}
