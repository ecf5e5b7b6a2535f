output "o" {
  value = nothing
}
