variable "n" {
  default   = 2
  sensitive = true
}

variable "keys" {
  type      = set(string)
  default   = ["a"]
  sensitive = true
}

resource "terraform_data" "count" {
  count = var.n
}

resource "terraform_data" "each" {
  for_each = var.keys
}
