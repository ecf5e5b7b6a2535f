resource "terraform_data" "z" {
}

resource "terraform_data" "a" {
}

import {
  to = terraform_data.a
  id = terraform_data.z.id
}

resource "terraform_data" "b" {
}

import {
  to = terraform_data.b
  id = "x"
  for_each = toset([terraform_data.z.id])
}

resource "terraform_data" "c" {
  for_each = toset(["a"])
}

import {
  to = terraform_data.c[each.value]
  id = each.key
  for_each = { a = terraform_data.z.id }
}
