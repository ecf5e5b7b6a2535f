resource "terraform_data" "path" {
  input = "two.json"
}

data "terraform_remote_state" "r" {
  backend = "local"

  config = {
    path = terraform_data.path.output
  }
}

resource "terraform_data" "uses" {
  input            = data.terraform_remote_state.r.outputs.name
  triggers_replace = data.terraform_remote_state.r.outputs
}

output "name" {
  value = data.terraform_remote_state.r.outputs.name
}
