environment = "dev"
instances   = 1

instance = {
  size = "small"
}

features = {
  new_checkout = true
}
