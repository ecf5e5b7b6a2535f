resource "terraform_data" "many" {
  count = 2
}

resource "terraform_data" "keyed" {
  for_each = toset(["a"])
}

output "index" {
  value = terraform_data.many[5].id
}

output "key" {
  value = terraform_data.keyed["z"].id
}

output "list" {
  value = ["a"][3]
}

output "map" {
  value = { a = 1 }["b"]
}
