variable "map" {
  type    = any
  default = { a = "b" }
}

variable "set" {
  type    = set(string)
  default = []
}

resource "terraform_data" "r" {
  for_each = var.map
  input    = each.value
}

resource "terraform_data" "set" {
  for_each = var.set
}

module "m" {
  source   = "./m"
  for_each = var.map
}
