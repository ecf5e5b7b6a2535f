override_resource {
  target = terraform_data.b
  values = {
    id = "id-b"
  }
}
run "applied" {
  assert {
    condition     = terraform_data.b.id == "id-a" && terraform_data.b.output == "a"
    error_message = "${terraform_data.b.id} ${jsonencode(terraform_data.b.output)}"
  }
}
run "overridden_later_has_no_effect" {
  override_resource {
    target = terraform_data.a
    values = {
      id = "late"
    }
  }
  assert {
    condition     = terraform_data.a.id == "late"
    error_message = "it was made before"
  }
}
run "again_in_another_state" {
  state_key = "x"
  override_resource {
    target          = terraform_data.a
    override_during = apply
    values = {
      id = "late"
    }
  }
  assert {
    condition     = terraform_data.a.id == "early"
    error_message = "a is ${terraform_data.a.id}"
  }
}
