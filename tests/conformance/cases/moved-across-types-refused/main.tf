resource "null_resource" "a" {
}

moved {
  from = terraform_data.a
  to   = null_resource.a
}

resource "null_resource" "b" {
  count = 2
}

moved {
  from = terraform_data.b
  to   = null_resource.b
}
