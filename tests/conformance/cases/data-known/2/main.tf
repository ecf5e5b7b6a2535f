data "null_data_source" "d" {
  inputs = { a = "changed" }
}

resource "terraform_data" "a" {
  input = data.null_data_source.d.outputs["a"]
}

data "null_data_source" "many" {
  for_each = toset(["x", "y"])
  inputs   = { (each.key) = each.value }
}

output "many" {
  value = [for d in data.null_data_source.many : d.outputs]
}
