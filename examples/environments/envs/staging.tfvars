environment = "staging"
instances   = 2

instance = {
  size = "small"
}

features = {
  new_checkout = true
}

backup = {
  schedule       = "0 3 * * 0"
  retention_days = 7
}
