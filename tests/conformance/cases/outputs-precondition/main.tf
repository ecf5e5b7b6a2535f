variable "want" {
  default = "x"
}

variable "late" {
  default = "x"
}

resource "terraform_data" "a" {
  input = "x"
}

output "early" {
  value = "e"

  precondition {
    condition     = var.want == "x"
    error_message = "want is ${var.want}"
  }
}

output "late" {
  value = terraform_data.a.output

  precondition {
    condition     = terraform_data.a.output == var.late
    error_message = "output is ${terraform_data.a.output}"
  }
}
