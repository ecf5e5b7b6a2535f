output "list" {
  value = ["x"]
}
