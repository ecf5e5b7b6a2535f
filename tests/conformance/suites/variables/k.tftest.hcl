run "x" {
  variables {
    a = path.module
    b = each.key
    n = terraform.workspace
    l = f(1)
  }
}
