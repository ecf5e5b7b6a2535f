resource "terraform_data" "map" {
  for_each = { b = "2", c = "3" }
  input    = each.value
}

resource "terraform_data" "object" {
  for_each = tomap({ x = { size = 1 }, w = { size = 5 } })
  input    = each.value
}

resource "terraform_data" "set" {
  for_each = toset(["ünï", "plain"])
  input    = "${each.key}=${each.value}"
}

output "values" {
  value = { for k, r in terraform_data.map : k => r.output }
}
