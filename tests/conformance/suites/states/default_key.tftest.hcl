run "own_state" {
  module { source = "./other" }
}
run "planned" {
  command = plan
  module { source = "./other" }
  assert {
    condition     = run.own_state.o == output.o && terraform_data.o.id == "x"
    error_message = "the same state"
  }
}
