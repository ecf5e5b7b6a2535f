resource "terraform_data" "both" {
  count = 2
}

resource "terraform_data" "spoken" {
  count = 2
}

moved {
  from = terraform_data.other
  to   = terraform_data.spoken[0]
}

resource "terraform_data" "text" {
}

module "m" {
  source = "./m"
}
