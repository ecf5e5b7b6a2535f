terraform {
  backend "local" {
    path = "elsewhere/my.tfstate"
  }
}

resource "terraform_data" "a" {
  input = "backend"
}
