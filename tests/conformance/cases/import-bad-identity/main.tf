resource "terraform_data" "a" {
}

import {
  to = terraform_data.a
  identity = { foo = "a" }
}

resource "terraform_data" "b" {
}

import {
  to = terraform_data.b
  identity = "a"
}

resource "terraform_data" "c" {
}

import {
  to = terraform_data.c
  identity = null
}
