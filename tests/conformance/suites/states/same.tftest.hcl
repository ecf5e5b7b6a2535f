run "first" {
}
run "update" {
  variables { n = 5 }
  assert {
    condition = output.id != run.first.id
    error_message = "in place"
  }
}
run "planned" {
  command = plan
  variables { n = 6 }
  assert {
    condition = output.id == "x"
    error_message = "known"
  }
  assert {
    condition = terraform_data.a.input == 6 && terraform_data.a.id == run.first.id
    error_message = "not reached"
  }
}
run "replaced" {
  plan_options {
    replace = [terraform_data.a]
  }
  assert {
    condition = output.id == run.first.id
    error_message = "another one"
  }
}
run "refresh_only" {
  plan_options {
    mode = refresh-only
  }
  variables { n = 9 }
  assert {
    condition = output.n == 9
    error_message = "n is ${output.n}"
  }
}
run "no_refresh" {
  command = plan
  plan_options {
    refresh = false
    target = [terraform_data.a]
  }
}
