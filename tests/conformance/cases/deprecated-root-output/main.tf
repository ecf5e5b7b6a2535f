output "a" {
  value      = 1
  deprecated = "Nobody sees this."
}
