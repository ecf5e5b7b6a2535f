override_resource {
  target          = terraform_data.a
  override_during = plan
  values = {
    id     = "id-a"
    output = { nested = [1, 2] }
    input  = "ignored"
  }
}
override_resource {
  target = terraform_data.b
  values = {
    id = "id-b"
  }
}
run "planned" {
  command = plan
  assert {
    condition     = terraform_data.b.triggers_replace[0] == "id-b"
    error_message = "known while planning"
  }
  assert {
    condition     = output.a == {}
    error_message = "a"
  }
}
run "late" {
  command = plan
  assert {
    condition     = terraform_data.b.id == "id-b"
    error_message = "known only after apply"
  }
}
