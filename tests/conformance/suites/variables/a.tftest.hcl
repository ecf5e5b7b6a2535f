variables {
  a = var.zz
}
run "x" {
}
