locals {
  s = sensitive("k")
}

resource "terraform_data" "a" {
  input = { (local.s) = 1 }
}

resource "terraform_data" "b" {
  input = [for x in ["k", "l"] : x if x == local.s]
}

resource "terraform_data" "c" {
  input = local.s == "k" ? "yes" : "no"
}
