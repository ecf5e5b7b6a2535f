run "refresh_only_first" {
  command = plan
  plan_options {
    mode = refresh-only
  }
}
run "bad_target" {
  command = plan
  plan_options {
    target = [path.module]
  }
}
run "bad_replace" {
  command = plan
  plan_options {
    replace = [module.x]
  }
}
