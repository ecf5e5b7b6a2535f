variables {
  v = "given"
}
run "x" {
  override_resource {
    target = terraform_data.n
    override_during = plan
    values = { id = var.v }
  }
}
