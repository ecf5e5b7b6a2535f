resource "terraform_data" "k" {
}

import {
  to = module.absent.terraform_data.r
  id = "x"
}
