output "backends" {
  description = "Names of the hosts that run the service."
  value       = local.backends
}

output "token" {
  description = "What a client has to present."
  value       = random_password.token.result
  sensitive   = true
}
