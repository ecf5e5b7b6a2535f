variable "want" {
  default = "b"
}

variable "late" {
  default = "b"
}

resource "terraform_data" "a" {
  input = "b"
}

data "null_data_source" "known" {
  inputs = { a = "b" }

  lifecycle {
    postcondition {
      condition     = self.outputs.a == var.want
      error_message = "It is ${self.outputs.a}."
    }
  }
}

data "null_data_source" "late" {
  inputs = { a = terraform_data.a.output }

  lifecycle {
    postcondition {
      condition     = self.outputs.a == var.late
      error_message = "It is ${self.outputs.a}."
    }
  }
}
