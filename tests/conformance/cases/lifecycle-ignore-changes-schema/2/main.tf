resource "terraform_data" "b" {
  lifecycle {
    ignore_changes = [unknown_attr, id.foo, input.x.y, id]
  }
}

resource "terraform_data" "c" {
  lifecycle {
    ignore_changes = [iput]
  }
}
