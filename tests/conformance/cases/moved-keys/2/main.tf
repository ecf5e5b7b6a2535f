resource "terraform_data" "whole_new" {
  count = 2
  input = "w"
}

moved {
  from = terraform_data.whole
  to   = terraform_data.whole_new
}

resource "terraform_data" "single" {
  count = 3
  input = "s"
}

moved {
  from = terraform_data.single
  to   = terraform_data.single[2]
}

resource "terraform_data" "one" {
  input = "i"
}

moved {
  from = terraform_data.indexed[1]
  to   = terraform_data.one
}

resource "terraform_data" "each" {
  for_each = toset(["${1 + 1}", "c"])
  input = "e"
}

moved {
  from = terraform_data.each["a b"]
  to   = terraform_data.each["2"]
}

resource "terraform_data" "to_each" {
  for_each = toset(["k"])
  input = "t"
}

moved {
  from = terraform_data.to_each
  to   = terraform_data.to_each["k"]
}

resource "terraform_data" "from_each" {
  count = 1
  input = "f"
}

moved {
  from = terraform_data.from_each["x"]
  to   = terraform_data.from_each[0]
}
