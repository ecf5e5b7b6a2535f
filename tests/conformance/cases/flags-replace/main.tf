resource "terraform_data" "a" {
  input = "a"
}

resource "terraform_data" "many" {
  count = 2
  input = terraform_data.a.id
}

resource "terraform_data" "keyed" {
  for_each = toset(["x", "y"])
}
