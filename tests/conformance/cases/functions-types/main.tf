output "lists" {
  value = [tolist(["a", 1, true]), tolist([[], ["x"]]), tolist(toset(["b", "a"])), concat([1], ["a"])]
}

output "maps" {
  value = [tomap({ a = 1, b = "x" }), tomap({ a = { x = 1 }, b = { x = "y" } }), merge(tomap({ a = "1" }), { b = 2 })]
}

output "sets" {
  value = [toset([1, "1", true]), toset([{ a = 1 }, { a = 1 }, { a = 2 }]), toset([[1], [2], [1]])]
}

output "set_of_objects" {
  value = toset([{ name = "z", n = 1 }, { name = "a", n = 2 }, { name = "m", n = 3 }])
}

output "set_of_numbers" {
  value = toset([10, 9, 100, 1.5, -3])
}

output "unified" {
  value = [true ? ["a"] : tolist([]), false ? { a = 1 } : { b = 2 }, true ? toset(["x"]) : []]
}

output "conversions" {
  value = ["${true}", tostring(1e3), tonumber("1e3"), tobool("false"), tostring(null) == null]
}

resource "terraform_data" "set" {
  input = toset([{ name = "z", n = 1 }, { name = "a", n = 2 }, { name = "m", n = 3 }])
}
