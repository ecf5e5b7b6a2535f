mock_provider "null" {}
run "setup" {
  module {
    source = "./setup"
  }
}
run "x" {
  variables { n = run.setup.z }
  assert {
     condition = output.o == "x"
     error_message = "x"
  }
  assert {
     condition = output.all == "x"
     error_message = "x"
  }
  expect_failures = [check.c]
}
run "p" {
  command = plan
  assert {
     condition = output.o == "x"
     error_message = "x"
  }
}
