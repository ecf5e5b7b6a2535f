resource "terraform_data" "new" {
  input = "x"
}

resource "terraform_data" "single" {
  count = 2
  input = "s"
}

resource "terraform_data" "third" {
}

moved {
  from = terraform_data.old
  to   = terraform_data.new
}

moved {
  from = terraform_data.single
  to   = terraform_data.single[1]
}

moved {
  from = terraform_data.first
  to   = terraform_data.second
}

moved {
  from = terraform_data.second
  to   = terraform_data.third
}
