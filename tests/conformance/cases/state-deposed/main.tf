resource "terraform_data" "alone" {
  input = "new"
}

resource "terraform_data" "beside" {
  input = "y"

  lifecycle {
    create_before_destroy = true
  }
}
