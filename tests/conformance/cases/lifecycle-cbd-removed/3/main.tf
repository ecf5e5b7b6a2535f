resource "terraform_data" "b" {
  triggers_replace = "3"

  lifecycle {
    create_before_destroy = false
  }
}
