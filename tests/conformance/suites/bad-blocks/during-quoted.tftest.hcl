run "b" {
  override_data {
    target = data.foo.bar
    values = {}
    override_during = "plan"
  }
}
