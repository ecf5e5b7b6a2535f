variable "e" {
  ephemeral = true
  default   = ["a"]
}

resource "terraform_data" "a" {
}

import {
  to = terraform_data.a
  id = each.value
  for_each = var.e
}
