run "b" {
  plan_options {
    mode = destroy
    refresh = "x"
    replace = "terraform_data.a"
    target = [1]
    foo = 1
  }
}
