terraform {
  required_providers {
    null = {
      source                = "hashicorp/null"
      configuration_aliases = [null.second]
    }
  }
}
resource "null_resource" "a" {
}
resource "null_resource" "b" {
  provider = null.second
}
