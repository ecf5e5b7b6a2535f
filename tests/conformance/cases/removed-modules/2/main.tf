removed {
  from = module.forgotten

  lifecycle {
    destroy = false
  }
}

removed {
  from = module.destroyed

  lifecycle {
    destroy = true
  }
}

removed {
  from = module.partly.module.c

  lifecycle {
    destroy = false
  }
}

module "inside" {
  source = "./inside"
  for_each = toset(["k"])
}
