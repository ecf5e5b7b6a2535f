data "terraform_remote_state" "y" {
  backend  = "local"
  config   = { path = "other.tfstate" }
  defaults = { a = 1 }
}

moved {
  from = data.terraform_remote_state.x
  to   = data.terraform_remote_state.y
}

resource "terraform_data" "k" {
  input = "x"
}
