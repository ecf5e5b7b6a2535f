run "b" {
  override_resource {
    target = terraform_data.a
    values = {}
    outputs = {}
  }
}
