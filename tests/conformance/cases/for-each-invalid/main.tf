variable "null" {
  type    = map(string)
  default = null
}

resource "terraform_data" "list" {
  for_each = ["a", "b"]
}

resource "terraform_data" "number" {
  for_each = 3
}

resource "terraform_data" "null" {
  for_each = var.null
}

resource "terraform_data" "numbers" {
  for_each = toset([1, 2])
}

resource "terraform_data" "null_element" {
  for_each = toset(["a", null])
}

resource "terraform_data" "text" {
  for_each = "abc"
}

module "m" {
  source   = "./m"
  for_each = ["x"]
}
