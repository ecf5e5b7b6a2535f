resource "terraform_data" "k" {
}

module "m" {
  source = "./m"
}

import {
  to = module.m.terraform_data.absent
  id = "x"
}
