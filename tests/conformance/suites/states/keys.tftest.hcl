run "first" {
}
run "second" {
  state_key = "x"
  assert {
    condition = output.id == run.first.id
    error_message = "other state"
  }
}
run "third" {
  assert {
    condition = output.id != run.first.id
    error_message = "same state"
  }
}
run "key_is_a_number" {
  state_key = 7
}
