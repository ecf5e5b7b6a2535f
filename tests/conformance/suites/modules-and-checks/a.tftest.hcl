run "references" {
  assert {
    condition = terraform_data.a["x"].output.n == 2
    error_message = "${terraform_data.a["x"].output.n}"
  }
  assert {
    condition = module.child[1].out == 9
    error_message = "child"
  }
  assert {
    condition = module.child[0].nope == 9
    error_message = "child"
  }
  assert {
    condition = local.doubled == 9
    error_message = "local"
  }
  assert {
    condition = output.secret == "x"
    error_message = "secret"
  }
  assert {
    condition = nonsensitive(output.secret) == "x"
    error_message = "shown"
  }
  assert {
    condition = data.terraform_remote_state.none.outputs.a == 2
    error_message = "data"
  }
  assert {
    condition = data.terraform_remote_state.scoped.outputs == 2
    error_message = "scoped"
  }
  assert {
    condition = length([for k, v in terraform_data.a : k if v.output.n == 1]) == 1
    error_message = "for"
  }
  assert {
    condition = terraform_data.a.x.output.n == 1
    error_message = "key"
  }
  assert {
    condition = terraform_data.a["z"].output.n == 1
    error_message = "key"
  }
  assert {
    condition = terraform_data.a == {}
    error_message = "all"
  }
  assert {
    condition = check.n == 1
    error_message = "check"
  }
  assert {
    condition = strcontains(jsonencode(output.children), "5")
    error_message = join(",", output.children)
  }
  assert {
