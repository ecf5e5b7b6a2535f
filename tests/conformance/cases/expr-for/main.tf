variable "users" {
  type = map(object({
    role  = string
    admin = optional(bool, false)
  }))
  default = {
    ann = { role = "dev" }
    bob = { role = "ops", admin = true }
    cat = { role = "dev" }
  }
}

output "list" {
  value = [for x in [3, 1, 2] : x * 2 if x != 1]
}

output "index" {
  value = [for i, x in ["a", "b"] : "${i}${x}"]
}

output "set" {
  value = [for x in toset(["b", "a", "b"]) : x]
}

output "map" {
  value = { for name, user in var.users : upper(name) => user.role }
}

output "grouped" {
  value = { for name, user in var.users : user.role => name... }
}

output "filtered" {
  value = [for name, user in var.users : name if user.admin]
}

output "nested" {
  value = [for i in [1, 2] : [for j in [10, 20] : i + j]]
}

output "object" {
  value = [for k, v in { b = 1, a = "x" } : "${k}=${v}"]
}

output "empty" {
  value = [for x in [] : x]
}

output "shadow" {
  value = [for x in [1, 2] : [for x in [x, x + 1] : x]]
}
