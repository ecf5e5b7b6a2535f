override_data {
  target = data.x.y
}
run "two" {
  variables { 
    n = 1 
    zz = 1
  }
  assert {
    condition = var.n == 2
    error_message = "a & <b> ]]> \"q\""
  }
  assert {
    condition = var.n == 3
    error_message = "second"
  }
}
run "pass" {
  variables { 
    n = 1 
    zz = 1
  }
}
run "refs" {
  variables { 
    n = 1 
    zz = 1
  }
  assert {
    condition = var.n == 2
    error_message = "q"
  }
  assert {
    condition = local.a == 3
    error_message = "second"
  }
}
run "skipped" {
}
