run "y" {
  variables {
    a = null
    b = local.x
    n = module.z.y
    l = terraform_data.x.y
  }
}
