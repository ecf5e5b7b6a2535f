resource "terraform_data" "k" {
}

import {
  to = terraform_data.a
  id = "x"
}
