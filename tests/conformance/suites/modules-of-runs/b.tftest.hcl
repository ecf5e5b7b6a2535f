run "x" {
  module {
    source = "./m"
  }
  assert {
     condition = run.nope.x == 1
     error_message = "x"
  }
}
