variable "limit" {
  default = 1
}

resource "terraform_data" "ok" {
}

resource "terraform_data" "a" {
  count = 2

  lifecycle {
    precondition {
      condition     = count.index < var.limit
      error_message = "There may be only ${var.limit}, this is ${count.index}."
    }
  }
}

resource "terraform_data" "after" {
  input = terraform_data.a[*].id
}
