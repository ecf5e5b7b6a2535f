variable "n" {
  type    = number
  default = 7
}

locals {
  text = "12"
}

output "arithmetic" {
  value = [1 + 2 * 3, (1 + 2) * 3, 7 / 2, 7 % 3, -7 % 3, 7.5 % 2, -var.n, 10 - 3 - 2, 100 / 10 / 5, 1 / 3]
}

output "comparison" {
  value = [1 < 2, 2 <= 2, 3 > 4, 4 >= 4, 1 == 1.0, "1" == 1, 1 != 2, true == "true", null == null, [] == [], {} == {}]
}

output "logic" {
  value = [true && false, true || false, !true, true && !false || false, "true" && true, !(1 > 2)]
}

output "conversion" {
  value = [local.text + 1, "3" * "4", "${var.n}" + 1, -"5"]
}

output "collections" {
  value = [[1, 2] == [1, 2], { a = 1 } == { a = 1 }, tolist([1]) == [1], toset([1, 2]) == toset([2, 1]), tomap({ a = 1 }) == { a = 1 }]
}

output "precedence" {
  value = [1 + 1 == 2 && 2 * 2 == 4, true ? 1 : 2, false ? 1 : true ? 2 : 3, 1 < 2 == true, -1 + 2]
}
