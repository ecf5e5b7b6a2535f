locals {
  x = 1
}

resource "terraform_data" "local" {
  lifecycle {
    replace_triggered_by = [local.x]
  }
}

resource "terraform_data" "literal" {
  lifecycle {
    replace_triggered_by = ["x"]
  }
}

resource "terraform_data" "missing" {
  lifecycle {
    replace_triggered_by = [terraform_data.nothing]
  }
}

resource "terraform_data" "itself" {
  lifecycle {
    replace_triggered_by = [terraform_data.itself]
  }
}
