removed {
  from = module.m

  lifecycle {
    destroy = true
  }
}

removed {
  from = module.m.terraform_data.r

  lifecycle {
    destroy = false
  }
}

removed {
  from = terraform_data.a

  lifecycle {
    destroy = true
  }
}

removed {
  from = terraform_data.a

  lifecycle {
    destroy = true
  }
}
