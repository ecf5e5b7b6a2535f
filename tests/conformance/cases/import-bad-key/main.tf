resource "terraform_data" "k" {
  for_each = toset(["true"])
}

import {
  to = terraform_data.k[each.value]
  id = "a"
  for_each = { a = true }
}

resource "terraform_data" "l" {
  for_each = toset(["true"])
}

import {
  to = terraform_data.l[each.value]
  id = "a"
  for_each = toset([0.5])
}

resource "terraform_data" "n" {
  for_each = toset(["true"])
}

import {
  to = terraform_data.n[each.value]
  id = "a"
  for_each = { a = null }
}

variable "e" {
  default = "a"
}

resource "terraform_data" "v" {
  for_each = toset(["a"])
}

import {
  to = terraform_data.v[var.e]
  id = each.key
  for_each = toset(["q"])
}

module "m" {
  source = "./m"
  for_each = toset(["a"])
}

import {
  to = module.m[each.value].terraform_data.r
  id = "a"
  for_each = { a = true }
}
