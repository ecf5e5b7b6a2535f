resource "terraform_data" "z" {
  count = 0
}

resource "terraform_data" "a" {
  lifecycle {
    replace_triggered_by = [terraform_data.z]
  }
}
