run "x" {
  providers = {
     terraform = terraform.x
  }
}
