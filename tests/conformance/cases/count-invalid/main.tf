variable "null" {
  type    = number
  default = null
}

resource "terraform_data" "negative" {
  count = -1
}

resource "terraform_data" "fraction" {
  count = 1.5
}

resource "terraform_data" "null" {
  count = var.null
}

resource "terraform_data" "text" {
  count = "two"
}

resource "terraform_data" "list" {
  count = [1]
}
