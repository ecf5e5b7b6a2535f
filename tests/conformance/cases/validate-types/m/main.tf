variable "a" {}
variable "b" { default = "x" }
variable "t" {
  type = string
  default = "x"
}
variable "o" {
  type = object({ a = optional(string, "x"), b = optional(list(string)) })
  default = {}
}
locals { q = "t" }
output "x" { value = "s" }
output "y" { value = true ? [var.a] : [[]] }
output "z" { value = true ? [var.b] : [[]] }
output "w" { value = true ? [local.q] : [[]] }
output "u" { value = true ? [var.t] : [[]] }
output "v" { value = var.o.c }
output "v2" { value = var.o.b.c }
output "v3" { value = var.o.a.c }
output "v4" { value = [for x in var.t : x] }
resource "terraform_data" "x" { count = var.o.b }
resource "terraform_data" "y" { count = var.t }
resource "terraform_data" "z" { for_each = var.o.b }
