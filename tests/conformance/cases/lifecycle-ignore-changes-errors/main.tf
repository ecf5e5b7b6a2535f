resource "terraform_data" "unknown" {
  lifecycle {
    ignore_changes = [inputs]
  }
}

resource "terraform_data" "computed" {
  lifecycle {
    ignore_changes = [id]
  }
}

resource "null_resource" "deep" {
  lifecycle {
    ignore_changes = [triggers.a.b]
  }
}

resource "terraform_data" "text" {
  lifecycle {
    ignore_changes = "all"
  }
}

resource "terraform_data" "dynamic" {
  lifecycle {
    ignore_changes = [var.x]
  }
}
