resource "terraform_data" "z" {
}

moved {
  from = terraform_data.a
  to   = terraform_data.b
}

moved {
  from = terraform_data.b
  to   = terraform_data.c
}

moved {
  from = terraform_data.c
  to   = terraform_data.a
}

moved {
  from = terraform_data.z1
  to   = terraform_data.z2
}

moved {
  from = terraform_data.z2
  to   = terraform_data.z1
}

moved {
  from = module.x
  to   = module.y[1]
}

moved {
  from = module.y
  to   = module.x
}

moved {
  from = module.y[1]
  to   = module.x.module.k
}
