variables { 
  req = "x"
  zz = 1
}
run "x" {
  command = plan
  assert {
     condition = terraform_data.a.id == null
     error_message = "x"
  }
}
run "y" {
}
