run "b" {
  parallel = "x"
}
