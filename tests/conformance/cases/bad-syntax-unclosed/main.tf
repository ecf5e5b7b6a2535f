output "o" {
  value = "never ends
}
