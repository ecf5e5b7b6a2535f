variable "want" {
  default = "other"
}

resource "terraform_data" "first" {
  input = "first"
}

resource "terraform_data" "second" {
  input = "second"

  lifecycle {
    precondition {
      condition     = terraform_data.first.output == var.want
      error_message = "It is ${terraform_data.first.output}."
    }
  }
}

resource "terraform_data" "third" {
  input = terraform_data.second.id
}

resource "terraform_data" "independent" {
  input = "i"
}
