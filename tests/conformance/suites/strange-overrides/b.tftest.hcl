override_data {
  target = data.foo.x
}
override_resource {
  target = terraform_data.q
}
override_resource {
  target = module.nope.terraform_data.q
}
override_module {
  target = module.nope
}
run "x" {
  override_module {
    target = module.nope
  }
  override_resource {
    target = terraform_data.a
  }
  module {
    source = "./m"
  }
}
run "y" {
}
