locals {
  lists = [["a"], ["b", "c"]]
}

output "expanded" {
  value = [concat(local.lists...), max(1, [2, 3]...), merge([{ a = 1 }, { b = 2 }]...), setunion(toset(["x"]), [["y"]]...), format("%s-%s", ["a", "b"]...)]
}

output "namespaced" {
  value = [core::upper("x"), core::length([1])]
}

output "nested" {
  value = upper(join("", [for s in reverse(split("", "abc")) : substr(s, 0, 1)]))
}
