resource "terraform_data" "k" {
  count = 1
  input = "x"
}

moved {
  from = terraform_data.a
  to   = terraform_data.gone
}

moved {
  from = terraform_data.b
  to   = terraform_data.k[3]
}

moved {
  from = terraform_data.c
  to   = module.gone.terraform_data.r
}

moved {
  from = module.m
  to   = module.gone_too
}
