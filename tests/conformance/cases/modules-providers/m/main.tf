terraform {
  required_providers {
    null = {
      source                = "hashicorp/null"
      configuration_aliases = [null.inner]
    }
  }
}

resource "null_resource" "default" {
}

resource "null_resource" "inner" {
  provider = null.inner
}
