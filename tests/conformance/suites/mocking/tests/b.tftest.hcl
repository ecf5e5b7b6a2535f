mock_provider "null" {
  source = "./mocks"
  mock_data "null_data_source" {
    defaults = {
      random = "given"
    }
  }
}
override_module {
  target = module.m
  outputs = {
    out = "O"
  }
}
run "x" {
  command = plan
  assert {
     condition = output.o == "x"
     error_message = "x"
  }
  assert {
     condition = output.all == "x"
     error_message = "x"
  }
  assert {
     condition = output.m == "x"
     error_message = "x"
  }
}
run "y" {
  assert {
     condition = output.o == "x"
     error_message = "x"
  }
  assert {
     condition = output.m == {}
     error_message = "x"
  }
}
