locals {
  a = 'single'
  b = 1 & 2
}

output "c" {
  value = “curly”
}

output "d" {
  value = 1 ++ 2
}
