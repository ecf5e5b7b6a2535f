run "x" {
  override_resource {
    target = terraform_data.n
    override_during = plan
    values = { id = var.g }
  }
  assert {
    condition = terraform_data.n.id == "x"
    error_message = "x"
  }
}
