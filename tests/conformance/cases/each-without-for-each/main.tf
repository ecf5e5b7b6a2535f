resource "terraform_data" "each" {
  input = each.key
}

resource "terraform_data" "count" {
  input = count.index
}

resource "terraform_data" "wrong" {
  count = 1
  input = each.value
}

output "o" {
  value = each.key
}
