output "operand" {
  value = "a" + 1
}

output "not" {
  value = !"x"
}

output "condition" {
  value = "maybe" ? 1 : 2
}

output "null_condition" {
  value = null ? 1 : 2
}

output "branches" {
  value = true ? [1] : { a = 1 }
}

output "null_operand" {
  value = null + 1
}

output "template" {
  value = "x${[1]}"
}

output "template_null" {
  value = "x${null}"
}

output "for" {
  value = [for x in "text" : x]
}

output "for_key" {
  value = { for x in [1, 1] : x => x }
}

output "for_null" {
  value = [for x in null : x]
}

output "index" {
  value = [1]["x"]
}

output "division" {
  value = 1 / 0
}

output "comparison" {
  value = "a" < "b"
}

output "key" {
  value = { (null) = 1 }
}

output "splat_expand" {
  value = max("x"...)
}
