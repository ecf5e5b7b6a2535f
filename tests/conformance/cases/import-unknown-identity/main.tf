resource "terraform_data" "z" {
}

resource "terraform_data" "a" {
}

import {
  to = terraform_data.a
  identity = { id = terraform_data.z.id }
}
