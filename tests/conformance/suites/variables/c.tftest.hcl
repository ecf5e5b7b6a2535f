variables {
  b = run.x.a
}
run "x" {
}
run "y" {
  assert {
    condition = output.b == ""
    error_message = "${output.a} ${output.b}"
  }
}
