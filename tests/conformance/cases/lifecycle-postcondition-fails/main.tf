resource "terraform_data" "a" {
  input = "x"

  lifecycle {
    postcondition {
      condition     = self.id == "never"
      error_message = "The output is ${self.output}."
    }
  }
}

resource "terraform_data" "b" {
  input = terraform_data.a.output
}

resource "terraform_data" "c" {
}
