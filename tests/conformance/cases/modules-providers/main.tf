terraform {
  required_providers {
    null = {
      source  = "hashicorp/null"
      version = ">= 2.0"
    }
  }
}

provider "null" {
}

provider "null" {
  alias = "second"
}

resource "null_resource" "default" {
}

resource "null_resource" "aliased" {
  provider = null.second
}

module "m" {
  source = "./m"

  providers = {
    null       = null.second
    null.inner = null
  }
}
