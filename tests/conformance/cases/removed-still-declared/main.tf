resource "terraform_data" "a" {
  count = 0
}

removed {
  from = terraform_data.a

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

module "m" {
  source = "./m"
}

removed {
  from = module.m

  lifecycle {
    destroy = false
  }
}

removed {
  from = module.m.terraform_data.r

  lifecycle {
    destroy = false
  }
}

removed {
  from = module.absent

  lifecycle {
    destroy = false
  }
}

removed {
  from = terraform_data.absent

  lifecycle {
    destroy = false
  }
}

resource "terraform_data" "k" {
}

moved {
  from = terraform_data.k
  to   = terraform_data.l
}
