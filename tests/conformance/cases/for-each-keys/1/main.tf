resource "terraform_data" "map" {
  for_each = { a = "1", b = "2" }
  input    = each.value
}

resource "terraform_data" "object" {
  for_each = { x = { size = 1 }, "y.z" = { size = 2, more = true } }
  input    = each.value
}

resource "terraform_data" "set" {
  for_each = toset(["quo\"te", "dollar$${x}", "new\nline", "ünï"])
  input    = "${each.key}=${each.value}"
}

output "keys" {
  value = [keys(terraform_data.map), keys(terraform_data.set)]
}

output "chosen" {
  value = terraform_data.object["y.z"].output
}
