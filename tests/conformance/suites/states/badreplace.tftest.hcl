run "bad_replace" {
  command = plan
  plan_options {
    replace = [module.x]
  }
}
run "replace_data" {
  command = plan
  plan_options {
    replace = [terraform_data.a["x"]]
  }
}
