resource "terraform_data" "same" {
  input = { a = sensitive("1"), b = "2" }
}

resource "terraform_data" "changes" {
  input = { a = sensitive("3"), b = "2" }
}

resource "terraform_data" "whole" {
  input = { a = sensitive("1") }
}
