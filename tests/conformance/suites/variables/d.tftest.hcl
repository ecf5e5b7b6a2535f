variables {
  b = "${var.a}!"
}
run "y" {
  variables {
    l = [var.a, var.b]
  }
  assert {
    condition = output.b == ""
    error_message = "${output.a} ${output.b} ${jsonencode(output.l)}"
  }
}
