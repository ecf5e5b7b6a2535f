variable "v" {
  default = null
  deprecated = "v gone"
}
output "o" {
  value = "o"
  deprecated = "nested dep"
}
