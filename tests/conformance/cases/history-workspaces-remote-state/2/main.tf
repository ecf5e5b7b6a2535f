data "terraform_remote_state" "default" {
  backend   = "local"
  workspace = "default"

  config = {
    path = "terraform.tfstate"
  }
}

resource "terraform_data" "a" {
  input = data.terraform_remote_state.default.outputs.name
}
