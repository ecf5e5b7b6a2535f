run "sens" {
  assert {
    condition = var.s == "x"
    error_message = "n is ${var.s}"
  }
  assert {
    condition = terraform_data.b != []
    error_message = "n is ${var.n}"
  }
  assert {
    condition = terraform_data.b[0].output == 2
    error_message = "n is ${var.n}"
  }
  assert {
    condition = length(terraform_data.b) > 4
    error_message = "n is ${var.n}"
  }
}
run "p" {
  command = plan
  plan_options {
    mode = refresh-only
    target = [terraform_data.a]
  }
}
