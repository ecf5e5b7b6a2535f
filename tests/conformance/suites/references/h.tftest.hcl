variables {
  req  = 1
  name = f(1)
}
run "x" {
}
