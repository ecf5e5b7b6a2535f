variable "in" {
}

variable "whole" {
}

resource "terraform_data" "r" {
  input = [var.in, var.whole["k"].output]
}

output "out" {
  value = terraform_data.r.output[0]
}
