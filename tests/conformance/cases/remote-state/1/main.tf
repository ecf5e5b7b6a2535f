data "terraform_remote_state" "other" {
  backend = "local"

  config = {
    path = "${path.module}/other.json"
  }
}

data "terraform_remote_state" "empty" {
  backend = "local"

  config = {
    path = "empty.json"
  }

  defaults = {
    name = "default name"
  }
}

resource "terraform_data" "a" {
  input = data.terraform_remote_state.other.outputs.name
}

output "from_other" {
  value = data.terraform_remote_state.other.outputs.list
}

output "from_empty" {
  value = data.terraform_remote_state.empty.outputs
}

output "secret" {
  value     = data.terraform_remote_state.other.outputs.secret
  sensitive = true
}
