resource "terraform_data" "k" {
  count = 1
}

import {
  to = terraform_data.k[3]
  id = "x"
}

resource "terraform_data" "e" {
  for_each = toset(["a"])
}

import {
  to = terraform_data.e[each.key]
  id = "x"
  for_each = toset(["a", "q"])
}

module "m" {
  source = "./m"
  count = 1
}

import {
  to = module.m.terraform_data.r
  id = "x"
}

resource "terraform_data" "uses" {
  input = "${terraform_data.k[0].id}"
}
