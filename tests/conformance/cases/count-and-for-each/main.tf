resource "terraform_data" "both" {
  count    = 1
  for_each = toset(["a"])
}

resource "terraform_data" "each" {
  input = each.key
}

resource "terraform_data" "count" {
  input = count.index
}
