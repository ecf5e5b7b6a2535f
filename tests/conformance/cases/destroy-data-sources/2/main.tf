resource "terraform_data" "a" {
  input = "y"
}

resource "terraform_data" "new" {
  input = "y"
}

data "null_data_source" "pending" {
  inputs = { v = terraform_data.a.output }
}

data "null_data_source" "d" {
  count  = 2
  inputs = { v = "x${count.index}" }
}

data "null_data_source" "added" {
  inputs = { v = "x" }
}

resource "terraform_data" "imported" {
}

import {
  to = terraform_data.imported
  id = "abc"
}

output "o" {
  value = data.null_data_source.added.outputs
}

output "pending" {
  value = data.null_data_source.pending.outputs
}
