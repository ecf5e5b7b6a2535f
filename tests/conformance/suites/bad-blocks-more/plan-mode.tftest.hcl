run "x" {
  plan_options {
    replace = [terraform_data.a, terraform_data.a[0]]
    target = []
    mode = foo
  }
}
