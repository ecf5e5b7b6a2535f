removed {
  from = terraform_data.a

  lifecycle {
    destroy = false
  }
}

removed {
  from = module.m

  lifecycle {
    destroy = false
  }
}

resource "terraform_data" "k" {
  input = "k"
}
