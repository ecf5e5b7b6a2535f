variables { 
  req = 1
}
run "x" {
  command = plan
  assert {
     condition = terraform_data.a.id == null
     error_message = "x"
  }
  assert {
     condition = terraform_data.a.input == "y"
     error_message = terraform_data.a.id
  }
}
run "y" {
  assert {
     condition = terraform_data.a.input == run.x.o
     error_message = "x"
  }
  assert {
     condition = run.x == 1
     error_message = "x"
  }
}
run "z" {
  assert {
     condition = terraform_data.a.input != run.y.o
     error_message = "x"
  }
  assert {
     condition = run.y.nope
     error_message = "x"
  }
}
