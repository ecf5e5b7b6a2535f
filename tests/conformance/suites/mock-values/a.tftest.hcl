mock_provider "null" {}
mock_provider "terraform" {}
run "p" {
  command = plan
  assert { 
   condition = output.a == 1
   error_message = "x"
  }
}
run "x" {
  assert { 
   condition = output.i == 1
   error_message = "x"
  }
  assert { 
   condition = output.a == 1
   error_message = "x"
  }
  assert { 
   condition = output.t == 1
   error_message = "x"
  }
  assert { 
   condition = null_resource.i[0].id == null_resource.i[1].id
   error_message = "x"
  }
}
