mock_provider "null" {
  override_during = plan
  mock_resource "null_resource" {
    defaults = {
      id = "i-1"
      triggers = { a = "b" }
      nope = 1
    }
  }
  mock_data "null_data_source" {
    defaults = {
      random = 5
      inputs = { z = 1 }
      nope = 1
    }
  }
  override_resource {
    target = null_resource.i[1]
    values = { id = "i-2" }
  }
}
override_resource {
  target = terraform_data.t
  values = { id = "T" }
}
run "p" {
  command = plan
  assert { 
   condition = null_resource.i[1].id == "x" || output.i == 1
   error_message = "x"
  }
  assert { 
   condition = output.i == 1
   error_message = "x"
  }
  assert { 
   condition = output.t == 1
   error_message = "x"
  }
}
run "x" {
  override_resource {
    target = null_resource.n
    values = { id = "N", triggers = {} }
  }
  assert { 
   condition = output.i == 1
   error_message = "x"
  }
  assert { 
   condition = output.t == 1
   error_message = "x"
  }
  assert { 
   condition = null_resource.n == 1
   error_message = "x"
  }
}
