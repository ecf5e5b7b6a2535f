variables {
  a = "fa"
  b = var.a
}
run "x" {
  assert {
    condition = output.b == ""
    error_message = "${output.a} ${output.b}"
  }
}
