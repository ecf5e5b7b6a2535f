test {
  parallel = true
}
run "a" {
  parallel = false
  state_key = "x"
}
