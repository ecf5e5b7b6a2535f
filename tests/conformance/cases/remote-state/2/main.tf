data "terraform_remote_state" "missing" {
  backend = "local"

  config = {
    path = "missing.json"
  }
}

data "terraform_remote_state" "backend" {
  backend = "nonesuch"
}

data "terraform_remote_state" "config" {
  backend = "local"

  config = {
    paths = "x"
  }
}
