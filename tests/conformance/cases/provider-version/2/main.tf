terraform {
  required_providers {
    null = {
      source  = "hashi/corp/null/x"
      version = "latest"
    }
  }
}
