resource "terraform_data" "single" {
}

import {
  to = terraform_data.single[0]
  id = "a"
}

resource "terraform_data" "s2" {
}

import {
  to = terraform_data.s2["x"]
  id = "a"
}

resource "terraform_data" "each" {
  for_each = toset(["a"])
}

import {
  to = terraform_data.each
  id = "a"
}

resource "terraform_data" "e2" {
  for_each = toset(["a"])
}

import {
  to = terraform_data.e2[0]
  id = "a"
}

resource "terraform_data" "counted" {
  count = 1
}

import {
  to = terraform_data.counted
  id = "a"
}

resource "terraform_data" "c2" {
  count = 1
}

import {
  to = terraform_data.c2["0"]
  id = "a"
}
