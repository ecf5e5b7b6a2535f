run "convert" {
  command = plan
  variables { n = "2" }
  assert {
    condition = var.n == 2
    error_message = "converted"
  }
  assert {
    condition = var.n == "2"
    error_message = "converted"
  }
}
run "null_value" {
  command = plan
  variables { n = null }
  assert {
    condition = var.n != null
    error_message = "null"
  }
}
