run "z" {
  override_module {
    target = module.m
    outputs = { a = "x", c = 5 }
  }
  assert {
    condition = module.m == "x"
    error_message = "x"
  }
}
