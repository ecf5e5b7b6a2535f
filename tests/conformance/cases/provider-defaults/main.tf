terraform {
  required_providers {
    nothing = {
      source = "hashicorp/null"
    }
    tf = {
      source = "terraform.io/builtin/terraform"
    }
  }
}

provider "nothing" {
  alias = "x"
}

resource "null_resource" "a" {
  provider = nothing.x
}

resource "null_resource" "b" {
  provider = nothing
}

resource "terraform_data" "c" {
  provider = tf
}

module "m" {
  source = "./m"
}
