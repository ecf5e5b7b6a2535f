run "z" {
  override_module {
    target = module.m
    outputs = [1]
  }
  assert {
    condition = module.m == "x"
    error_message = "x"
  }
}
