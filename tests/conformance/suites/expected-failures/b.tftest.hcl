run "two" {
  command = plan
  variables { n = 2 }
  expect_failures = [terraform_data.a]
}
run "three" {
  variables { n = 3 }
  expect_failures = [terraform_data.a]
}
run "four" {
  command = plan
  variables { n = 4 }
  expect_failures = [output.o]
}
run "six" {
  variables { n = 6 }
  expect_failures = [check.c]
}
run "six_unexpected" {
  variables { n = 6 }
}
