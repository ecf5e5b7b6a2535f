variable "a" { default = "da" }
variable "b" { default = "db" }
variable "n" { 
  type = number
  default = 1 
}
variable "l" { 
  type = list(string)
  default = [] 
}
output "a" { value = var.a }
output "b" { value = var.b }
output "n" { value = var.n }
output "l" { value = var.l }
