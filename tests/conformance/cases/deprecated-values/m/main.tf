variable "old" {
  default = "d"
  deprecated = "var old"
}
variable "pass" {
  default = 1
}
output "old" {
  value = "v"
  deprecated = "out old"
}
output "obj" {
  value = {a = 1}
  deprecated = "obj dep"
}
