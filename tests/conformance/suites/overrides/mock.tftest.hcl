mock_provider "terraform" {
  override_during = plan
  mock_resource "terraform_data" {
    defaults = {
      id = "mocked"
    }
  }
  override_resource {
    target          = terraform_data.b
    override_during = apply
    values = {
      id = "over"
    }
  }
}
run "planned" {
  command = plan
  assert {
    condition     = terraform_data.a.id == "x" || output.a.output == 1
    error_message = terraform_data.a.id
  }
  assert {
    condition     = terraform_data.b.id == "over"
    error_message = "later"
  }
}
run "applied" {
  state_key = "y"
  assert {
    condition     = terraform_data.b == {}
    error_message = "b"
  }
}
