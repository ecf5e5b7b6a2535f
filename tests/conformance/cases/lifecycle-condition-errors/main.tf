resource "terraform_data" "not_bool" {
  lifecycle {
    precondition {
      condition     = [1]
      error_message = "m"
    }
  }
}

resource "terraform_data" "self" {
  lifecycle {
    precondition {
      condition     = self.input == "x"
      error_message = "m"
    }
  }
}

resource "terraform_data" "message" {
  input = "x"

  lifecycle {
    postcondition {
      condition     = self.input == "x"
      error_message = terraform_data.message.nothing
    }
  }
}
