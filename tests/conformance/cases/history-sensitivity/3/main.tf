resource "terraform_data" "same" {
  input = { a = "1", b = sensitive("2") }
}

resource "terraform_data" "changes" {
  input = { a = "4", b = "2" }
}

resource "terraform_data" "whole" {
  input            = { a = "1" }
  triggers_replace = sensitive("t")
}
