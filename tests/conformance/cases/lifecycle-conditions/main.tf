resource "terraform_data" "a" {
  count = 2
  input = "v${count.index}"

  lifecycle {
    precondition {
      condition     = count.index < 5
      error_message = "Too many."
    }
    postcondition {
      condition     = self.output == "v${count.index}"
      error_message = "Output is ${self.output}."
    }
  }
}

data "null_data_source" "d" {
  inputs = { a = "b" }

  lifecycle {
    postcondition {
      condition     = self.outputs.a == "b"
      error_message = "No b."
    }
  }
}
