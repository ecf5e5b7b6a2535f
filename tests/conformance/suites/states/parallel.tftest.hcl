test {
  parallel = true
}
run "one" {
  state_key = "one"
}
run "two" {
  parallel = false
  variables { n = 2 }
}
run "three" {
  variables { n = run.one.n + run.two.n }
  assert {
    condition = output.n == 3
    error_message = "n is ${output.n}"
  }
}
