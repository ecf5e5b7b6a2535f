run "b" {
  override_module {
    target = terraform_data.a
    outputs = {}
  }
}
