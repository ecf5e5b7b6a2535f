variable "x" {
}
variable "x" {
}
