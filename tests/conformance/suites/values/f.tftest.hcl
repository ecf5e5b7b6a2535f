variables {
  required = "r"
}
run "planned" {
  command = plan
}
run "unknown_input" {
  command = plan
  variables {
    strict = run.planned.strict
  }
  assert {
    condition     = output.strict == "x"
    error_message = "unknown"
  }
}
run "secret_output" {
  variables {
    strict = "s${run.planned.secret}"
  }
  assert {
    condition     = output.secret == 2
    error_message = "secret"
  }
}
