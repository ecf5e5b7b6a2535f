resource "terraform_data" "a" {
  for_each = toset(["y", "z"])
  input    = each.key
}

resource "terraform_data" "b" {
  for_each = terraform_data.a
  input    = each.value.output
}

resource "terraform_data" "c" {
  count = length(terraform_data.b)
  input = values(terraform_data.b)[count.index].input
}
