resource "terraform_data" "unchanged" {
}

import {
  to = terraform_data.unchanged
  id = "11111111-1111-1111-1111-111111111111"
}

resource "terraform_data" "updated" {
  input = "x"
}

import {
  to = terraform_data.updated
  id = "11111111-1111-1111-1111-111111111112"
}

resource "terraform_data" "replaced" {
  triggers_replace = 1
}

import {
  to = terraform_data.replaced
  id = "11111111-1111-1111-1111-111111111113"
}

resource "terraform_data" "counted" {
  count = 2
  input = "x"
}

import {
  to = terraform_data.counted[1]
  id = local.id
}

locals {
  id = 4
}

resource "terraform_data" "each" {
  for_each = toset(["a", "b", "c"])
  input = "x"
}

import {
  to = terraform_data.each[each.key]
  id = each.value
  for_each = { a = "11111111-1111-1111-1111-111111111115", b = "11111111-1111-1111-1111-111111111116" }
}

module "m" {
  source = "./m"
  for_each = toset(["k"])
}

import {
  to = module.m[each.value].terraform_data.r
  id = "11111111-1111-1111-1111-11111111111${each.key}"
  for_each = toset(["k"])
}

resource "terraform_data" "from_list" {
  count = 2
  input = "x"
}

import {
  to = terraform_data.from_list[each.key]
  id = each.value
  for_each = ["first", "second"]
}

resource "terraform_data" "none" {
  input = "x"
}

import {
  to = terraform_data.none
  id = each.value
  for_each = null
}

resource "terraform_data" "secret" {
  input = "x"
}

import {
  to = terraform_data.secret
  id = sensitive("s")
}

resource "terraform_data" "ignored" {
  input = "x"

  lifecycle {
    ignore_changes = all
  }
}

import {
  to = terraform_data.ignored
  id = "i"
}

output "o" {
  value = terraform_data.unchanged.id
}
