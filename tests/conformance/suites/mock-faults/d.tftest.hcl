override_resource {
  target = null_resource.n
  override_during = plan
  values = { id = foo.bar }
}
run "x" {
  command = plan
}
