resource "terraform_data" "k" {
  input = "${terraform_data.z.id}"
}

resource "terraform_data" "z" {
}

import {
  to = terraform_data.z
  id = terraform_data.k.id
}
