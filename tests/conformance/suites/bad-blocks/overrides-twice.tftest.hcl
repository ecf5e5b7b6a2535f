override_resource {
  target = terraform_data.a
}
override_resource {
  target = terraform_data.a
}
override_data {
  target = data.x.y
}
override_data {
  target = data.x.y
}
override_module {
  target = module.x
}
override_module {
  target = module.x
}
