variable "o" { 
 type = any
 default = { a = 1, b = "x", l = [1,2,3], n = null, t = true, nest = { q = "z<&>", w = [] } } 
}
variable "set" { 
 type = set(string)
 default = ["b","a"]
}
variable "s" { 
 sensitive = true
 default = { p = 1 }
}
variable "str" { default = "multi\nline \"q\" é" }
variable "num" { default = 1.50 }
output "o" { value = var.o }
output "set" { value = var.set }
output "s" { 
 value = { a = var.s, b = 1 }
 sensitive = true
}
