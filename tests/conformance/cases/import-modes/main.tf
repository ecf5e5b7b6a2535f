resource "terraform_data" "a" {
  input = "x"
}

import {
  to = terraform_data.a
  id = "11111111-1111-1111-1111-111111111111"
}

resource "terraform_data" "b" {
}

resource "terraform_data" "c" {
  count = 2
}

import {
  to = terraform_data.c[0]
  id = "11111111-1111-1111-1111-111111111112"
}
