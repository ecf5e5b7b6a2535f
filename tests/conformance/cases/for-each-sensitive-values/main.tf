resource "terraform_data" "values" {
  for_each = { a = sensitive("v"), b = "plain" }
  input    = each.value
}
