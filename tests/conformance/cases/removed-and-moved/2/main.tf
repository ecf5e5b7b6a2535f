moved {
  from = terraform_data.a
  to   = terraform_data.gone
}

removed {
  from = terraform_data.gone

  lifecycle {
    destroy = false
  }
}

moved {
  from = terraform_data.b
  to   = terraform_data.destroyed
}

removed {
  from = terraform_data.destroyed

  lifecycle {
    destroy = true
  }
}

resource "terraform_data" "d" {
  input = "c"
}

moved {
  from = terraform_data.c
  to   = terraform_data.d
}

removed {
  from = terraform_data.c

  lifecycle {
    destroy = false
  }
}
