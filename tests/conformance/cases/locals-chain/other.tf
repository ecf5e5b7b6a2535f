locals {
  b = "${local.a}-b"
}

locals {
  unused = terraform_data.x.id
}

resource "terraform_data" "x" {
  input = local.c
}
