variable "on" {
  default = true
}

resource "terraform_data" "unknown" {
  lifecycle {
    create_after_destroy = true
  }
}

resource "terraform_data" "not_literal" {
  lifecycle {
    prevent_destroy = var.on
  }
}

resource "terraform_data" "not_bool" {
  lifecycle {
    create_before_destroy = "maybe"
  }
}

resource "terraform_data" "twice" {
  lifecycle {
    prevent_destroy = false
  }
  lifecycle {
    prevent_destroy = false
  }
}

resource "terraform_data" "no_message" {
  lifecycle {
    precondition {
      condition = true
    }
  }
}
