output "text" {
  value = try(file("gone.txt"), "missing")
}
