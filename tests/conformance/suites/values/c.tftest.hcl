variables {
  required = "r"
}
run "null_for_strict" {
  variables {
    strict = null
  }
  assert {
    condition     = output.strict == "e"
    error_message = "the default counts"
  }
}
run "defaults_of_shape" {
  command = plan
  variables {
    shape = { a = 5, c = "dropped" }
  }
  assert {
    condition     = output.shape == 1
    error_message = "shape"
  }
}
run "wrong_shape" {
  command = plan
  variables {
    shape = { b = 5 }
  }
}
