resource "terraform_data" "a" {
  input = "x"
}

output "string" {
  value       = "text"
  description = "A text"
}

output "number" {
  value = 1.5
}

output "bool" {
  value = true
}

output "list" {
  value = tolist(["a", "b"])
}

output "set" {
  value = toset(["b", "a"])
}

output "map" {
  value = tomap({ b = 1, a = 2 })
}

output "object" {
  value = { name = "x", list = [1, "two", null], nested = { deep = { er = true } } }
}

output "tuple" {
  value = [1, "a", { b = 2 }]
}

output "empty" {
  value = [{}, [], tomap({}), toset([]), ""]
}

output "multiline" {
  value = "one\ntwo\n"
}

output "null" {
  value = null
}

output "typed" {
  type  = list(string)
  value = ["a", 1]
}

output "secret" {
  value     = "hidden"
  sensitive = true
}

output "depends" {
  value      = "late"
  depends_on = [terraform_data.a]
}

output "conditional" {
  value = terraform_data.a.output

  precondition {
    condition     = terraform_data.a.output == "x"
    error_message = "not x"
  }
}
