run "b" {
  override_resource {
    target = terraform_data.a
    values = 1
  }
  override_resource {
    target = terraform_data.a
    values = {x = 1}
  }
}
