terraform {
  required_version = "~> 1.15"
}

output "o" {
  value = 1
}
