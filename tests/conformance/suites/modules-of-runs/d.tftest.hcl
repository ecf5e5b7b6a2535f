run "x" {
  module {
    source = "./m"
  }
  assert {
     condition = terraform_data.nope.x == 1
     error_message = "x"
  }
  assert {
     condition = output.nope == 1
     error_message = "x"
  }
  assert {
     condition = local.x == var.q
     error_message = path.module
  }
  assert {
     condition = terraform_data.b.nope == 1
     error_message = "x"
  }
  assert {
     condition = terraform_data.b
     error_message = "x"
  }
  assert {
     condition = output.z == 1 ? null : true
     error_message = "x"
  }
  assert {
     condition = each.key == 1 || self.x || count.index == 1
     error_message = "x"
  }
  assert {
     condition = terraform.workspace == "default" && path.cwd != "" && path.root == "." && path.module == "m"
     error_message = "x"
  }
}
run "y" {
  assert {
     condition = run.x.nope == 1
     error_message = "x"
  }
  assert {
     condition = run.x.z == 1
     error_message = "x"
  }
}
