removed {
  from = terraform_data.middle

  lifecycle {
    destroy = false
  }
}
