variable "data" {
  type    = any
  default = { a = { b = "c" } }
}

resource "terraform_data" "a" {
  input = "x"
}

output "found" {
  value = try(var.data.a.b, "fallback")
}

output "fallback" {
  value = try(var.data.x.y, var.data.z, "fallback")
}

output "can" {
  value = [can(var.data.a), can(var.data.x), can(tonumber("x")), can(regex("^a", "abc"))]
}

output "unknown" {
  value = try(terraform_data.a.id, "x")
}

output "conversion" {
  value = try(tonumber("1x"), tonumber("15"))
}
