resource "terraform_data" "a" {
  count            = 1
  triggers_replace = "2"

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "c" {
  input = terraform_data.a[*].id
}
