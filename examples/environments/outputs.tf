output "hosts" {
  description = "Names of the application hosts."
  value       = local.hosts
}

output "files" {
  description = "Every file that was written."
  value = sort(concat(
    [for file in local_file.host : file.filename],
    [local_file.application.filename, local_sensitive_file.database.filename],
    local_file.backup[*].filename,
  ))
}

output "database_password" {
  description = "Password of the database."
  value       = random_password.database.result
  sensitive   = true
}
