run "b" {
  expect_failures = var.x
}
