resource "terraform_data" "r" {
  for_each = toset(["0", "b"])
  input    = each.value
}
