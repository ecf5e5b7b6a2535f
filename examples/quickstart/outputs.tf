output "deployment" {
  description = "Name of this deployment."
  value       = random_pet.deployment.id
}

output "inventory" {
  description = "File that lists every service."
  value       = local_file.inventory.filename
}

output "urls" {
  description = "Where the public services are reached."
  value = {
    for name, service in var.services : name => "https://${name}.${var.domain}:${service.port}" if service.public
  }
}

output "tokens" {
  description = "Access token of each service."
  value       = { for name, service in module.service : name => service.token }
  sensitive   = true
}
