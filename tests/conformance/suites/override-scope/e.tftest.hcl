mock_provider "terraform" {
  mock_resource "terraform_data" {
    defaults = { id = var.g }
  }
}
run "y" {
  assert {
    condition = terraform_data.n.id == "x"
    error_message = "x"
  }
}
