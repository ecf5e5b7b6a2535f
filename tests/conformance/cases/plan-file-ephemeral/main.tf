variable "token" {
  ephemeral = true
}

variable "plain" {
}

resource "terraform_data" "a" {
  input = var.plain

  lifecycle {
    precondition {
      condition     = var.token == "abc"
      error_message = "Wrong token."
    }
  }
}
