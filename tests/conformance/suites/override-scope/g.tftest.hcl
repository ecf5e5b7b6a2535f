mock_provider "terraform" {
  mock_resource "terraform_data" {
    defaults = { id = run.y.x }
  }
}
run "y" {
  assert {
    condition = terraform_data.n.id == "x"
    error_message = "x"
  }
}
run "z" {
}
