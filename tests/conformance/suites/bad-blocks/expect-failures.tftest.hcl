run "b" {
  expect_failures = [terraform_data.a[0], local.x, path.module, module.x, module.x.y, terraform_data.a.x, data.x.y, output.o, check.foo, var.x]
}
