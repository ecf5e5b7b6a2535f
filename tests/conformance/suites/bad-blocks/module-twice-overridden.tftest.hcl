run "b" {
  override_module {
    target = module.x
    outputs = []
    override_during = apply
  }
  override_module {
    target = module.x
    outputs = var.x
    values = {}
  }
}
