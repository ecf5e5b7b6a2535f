override_data {
  target = data.null_data_source.a
  values = { id = uuid(), random = "r" }
}
run "y" {
  assert {
    condition = data.null_data_source.a == 1
    error_message = "x"
  }
}
