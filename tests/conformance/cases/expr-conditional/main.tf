variable "on" {
  type    = bool
  default = true
}

resource "terraform_data" "a" {
  input = "a"
}

output "mixed" {
  value = var.on ? 1 : "b"
}

output "lists" {
  value = var.on ? ["a"] : []
}

output "maps" {
  value = var.on ? { a = 1 } : { a = 2 }
}

output "null_result" {
  value = var.on ? null : "x"
}

output "null_typed" {
  value = !var.on ? null : "x"
}

output "nested" {
  value = var.on ? (var.on ? "inner" : "x") : "y"
}

output "text_condition" {
  value = "true" ? "yes" : "no"
}

output "unknown_condition" {
  value = terraform_data.a.id == "x" ? "short" : "shorter"
}

output "unknown_numbers" {
  value = terraform_data.a.id == "x" ? 3 : 5
}

output "unknown_result" {
  value = var.on ? terraform_data.a.id : "static"
}

output "objects" {
  value = var.on ? { a = 1, b = "x" } : { a = 2, b = "y" }
}
