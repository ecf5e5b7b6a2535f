resource "terraform_data" "a" {
  count            = 2
  triggers_replace = "2"

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "b" {
  count            = 2
  input            = terraform_data.a[count.index].id
  triggers_replace = terraform_data.a[count.index].id

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "c" {
  input = terraform_data.b[*].id
}
