resource "terraform_data" "a" {
  count            = 3
  triggers_replace = "1"

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "b" {
  count            = 3
  input            = terraform_data.a[count.index].id
  triggers_replace = terraform_data.a[count.index].id

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "c" {
  input = terraform_data.b[*].id
}
