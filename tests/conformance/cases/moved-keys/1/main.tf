resource "terraform_data" "whole" {
  count = 2
  input = "w"
}

resource "terraform_data" "single" {
  input = "s"
}

resource "terraform_data" "indexed" {
  count = 2
  input = "i"
}

resource "terraform_data" "each" {
  for_each = toset(["a b", "c"])
  input = "e"
}

resource "terraform_data" "to_each" {
  input = "t"
}

resource "terraform_data" "from_each" {
  for_each = toset(["x"])
  input = "f"
}
