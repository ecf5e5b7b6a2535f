variables {
  v = "given"
}
mock_provider "null" {
  mock_resource "null_resource" {
    defaults = { id = "x-${var.v}" }
  }
}
run "x" {
  assert {
    condition = null_resource.n.id == "x"
    error_message = "x"
  }
}
run "y" {
  override_resource {
    target = null_resource.n
    override_during = plan
    values = { id = var.v }
  }
}
run "z" {
  override_resource {
    target = null_resource.n
    override_during = plan
    values = { id = upper("v") }
  }
}
