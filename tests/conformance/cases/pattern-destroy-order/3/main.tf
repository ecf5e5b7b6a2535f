output "order" {
  value = split("\n", trimspace(file("order.txt")))
}
