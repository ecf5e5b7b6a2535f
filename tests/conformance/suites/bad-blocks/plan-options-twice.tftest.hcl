run "b" {
  plan_options {
    mode = normal
    refresh = false
    replace = [terraform_data.a["x"], terraform_data.b[0], module.x]
    target = [module.a, terraform_data.a]
  }
  plan_options {
    mode = refresh-only
  }
}
