environment = "prod"
instances   = 4

instance = {
  size    = "large"
  disk_gb = 100
}

backup = {
  schedule       = "0 3 * * *"
  retention_days = 90
}
