resource "terraform_data" "a" {
  triggers_replace = { a = "v" }
}

moved {
  from = null_resource.a
  to   = terraform_data.a
}

resource "terraform_data" "b" {
  count = 3
}

moved {
  from = null_resource.b
  to   = terraform_data.b
}

resource "terraform_data" "c" {
}

moved {
  from = null_resource.c
  to   = null_resource.passing
}

moved {
  from = null_resource.passing
  to   = terraform_data.c
}
