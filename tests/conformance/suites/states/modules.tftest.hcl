run "first" {
  state_key = "x"
}
run "other" {
  state_key = "x"
  module { source = "./other" }
  assert {
    condition = output.o != "other"
    error_message = "x"
  }
}
