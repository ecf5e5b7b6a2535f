override_resource {
  target = null_resource.n
  values = "x"
}
run "x" {
  command = plan
}
