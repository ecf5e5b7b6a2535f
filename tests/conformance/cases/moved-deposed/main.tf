resource "terraform_data" "b" {
}

moved {
  from = terraform_data.a
  to   = terraform_data.b
}

resource "terraform_data" "only_new" {
}

moved {
  from = terraform_data.only
  to   = terraform_data.only_new
}

resource "terraform_data" "kept_new" {
}

moved {
  from = terraform_data.kept
  to   = terraform_data.kept_new
}
