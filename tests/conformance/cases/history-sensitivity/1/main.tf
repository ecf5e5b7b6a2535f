resource "terraform_data" "same" {
  input = { a = "1", b = "2" }
}

resource "terraform_data" "changes" {
  input = { a = "1", b = "2" }
}

resource "terraform_data" "whole" {
  input = sensitive({ a = "1" })
}
