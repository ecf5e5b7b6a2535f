data "terraform_remote_state" "x" {
  backend  = "local"
  config   = { path = "other.tfstate" }
  defaults = { a = 1 }
}

resource "terraform_data" "k" {
  input = "x"
}
