run "b" {
  override_data {
    target = terraform_data.a
    values = {}
    override_during = foo
  }
}
