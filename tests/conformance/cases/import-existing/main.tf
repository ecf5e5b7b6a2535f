resource "terraform_data" "a" {
}

import {
  to = terraform_data.a
  id = "x"
}

resource "terraform_data" "c" {
}

import {
  to = terraform_data.c
  id = "z"
}

resource "terraform_data" "e" {
}

moved {
  from = terraform_data.d
  to   = terraform_data.e
}

import {
  to = terraform_data.e
  id = "e"
}

resource "terraform_data" "f" {
}

import {
  to = terraform_data.f
  id = terraform_data.a.id
}
