run "y" {
  override_module {
    target = module.m
    outputs = { a = run.x.z }
  }
}
