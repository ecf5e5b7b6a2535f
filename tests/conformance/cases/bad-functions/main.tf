variable "list" {
  default = ["a"]
}

output "unknown" {
  value = uper("x")
}

output "few" {
  value = substr("x", 1)
}

output "many" {
  value = upper("x", "y")
}

output "type" {
  value = upper(["x"])
}

output "conversion" {
  value = tonumber("abc")
}

output "call" {
  value = element([], 0)
}

output "regex" {
  value = regex("[", "x")
}

output "no_match" {
  value = regex("z", "x")
}

output "null" {
  value = length(null)
}

output "json" {
  value = jsondecode("{")
}

output "file" {
  value = file("missing.txt")
}

output "index" {
  value = index(var.list, "z")
}

output "lookup" {
  value = lookup({ a = 1 }, "b")
}

output "format" {
  value = format("%d", "x")
}

output "namespace" {
  value = core::uper("x")
}

output "provider" {
  value = provider::nothing::x()
}
