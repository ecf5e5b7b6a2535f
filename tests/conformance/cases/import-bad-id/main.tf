resource "terraform_data" "a" {
}

import {
  to = terraform_data.a
  id = null
}

resource "terraform_data" "b" {
}

import {
  to = terraform_data.b
  id = ""
}

resource "terraform_data" "c" {
}

import {
  to = terraform_data.c
  id = [1]
}

resource "terraform_data" "d" {
}

import {
  to = terraform_data.d
  id = terraform_data.d.id
}

resource "terraform_data" "e" {
  count = 2
}

import {
  to = terraform_data.e[0]
  id = terraform_data.e[1].id
}

resource "terraform_data" "f" {
  for_each = toset(["a"])
}

import {
  to = terraform_data.f[each.key]
  id = each.value
  for_each = { a = null }
}

resource "terraform_data" "g" {
}

import {
  to = terraform_data.g
  id = each.value
}
