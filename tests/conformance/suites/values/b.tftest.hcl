run "null_for_required" {
  command = plan
  variables {
    required = null
  }
}
