terraform {
  required_providers {
    null = {
      source = "hashicorp/null"
      verson = "1"
    }
    null = "2"
  }
}
