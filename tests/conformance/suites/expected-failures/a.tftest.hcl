run "two" {
  variables { n = 2 }
  expect_failures = [terraform_data.a]
}
