resource "terraform_data" "r" {
}

resource "terraform_data" "s" {
  count = 0
  input = "x"
}

moved {
  from = terraform_data.s
  to   = terraform_data.t
}

moved {
  from = terraform_data.s[0]
  to   = terraform_data.u[0]
}
