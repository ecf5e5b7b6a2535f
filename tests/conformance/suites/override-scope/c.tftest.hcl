run "x" {
}
run "y" {
  override_resource {
    target = terraform_data.n
    values = { id = run.x.z }
  }
}
