variables { req = 1 }
run "x" {
  assert {
     condition = terraform_data.nope.id == 1
     error_message = "${var.nope}"
  }
  assert {
     condition = run.foo.x == 1
     error_message = "x"
  }
  assert {
     condition = run.x.x == 1
     error_message = "x"
  }
  assert {
     condition = each.key == 1
     error_message = "x"
  }
  assert {
     condition = output.nope == 1
     error_message = "x"
  }
  assert {
     condition = foo(local.a)
     error_message = "x"
  }
  assert {
     condition = local.a
     error_message = "x"
  }
  assert {
     condition = module.a
     error_message = "x"
  }
  assert {
     condition = terraform_data.a.id
     error_message = "x"
  }
  assert {
     condition = terraform_data.a.id == null ? null : null
     error_message = "x"
  }
  assert {
     condition = terraform_data.a.id == null
     error_message = 3
  }
  assert {
     condition = terraform_data.a.id == null
     error_message = null
  }
  assert {
     condition = terraform_data.a.input == null
     error_message = sensitive("xx")
  }
}
run "y" {
}
