resource "terraform_data" "r" {
}

resource "terraform_data" "not_imported" {
}

import {
  to = terraform_data.not_imported
  id = "n"
}
