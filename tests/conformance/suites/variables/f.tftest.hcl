variables {
  undeclared = 5
}
run "y" {
  variables {
    b = var.n
  }
  assert {
    condition = output.b == "" && var.undeclared == 4
    error_message = "${output.b} ${var.undeclared}"
  }
}
