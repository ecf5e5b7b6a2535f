run "miss" {
  variables { n = 1 }
  expect_failures = [var.n, output.o, check.c, terraform_data.a, terraform_data.b[1]]
}
run "miss2" {
  variables { n = 1 }
}
