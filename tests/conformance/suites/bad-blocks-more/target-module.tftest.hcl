override_resource {
  target = module.x
}
