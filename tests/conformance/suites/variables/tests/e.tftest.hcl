run "y" {
  variables {
    b = "${var.a}-${var.u}-${var.c}"
    n = var.n
    l = var.l
  }
  assert {
    condition = output.b == ""
    error_message = "${output.a} ${output.b} ${jsonencode(output.l)} ${output.n} ${var.u} ${jsonencode(var.c)} ${jsonencode(var.h)}"
  }
}
