resource "terraform_data" "r" {
}

resource "terraform_data" "s" {
}

removed {
  from = terraform_data.s

  lifecycle {
    destroy = false
  }
}
