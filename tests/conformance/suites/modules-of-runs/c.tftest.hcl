run "x" {
  module {
    source = "./m"
  }
  assert {
     condition = run.y.x == 1
     error_message = "x"
  }
  assert {
     condition = terraform_data.nope.x == 1
     error_message = "x"
  }
}
run "y" {
}
