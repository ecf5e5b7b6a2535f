resource "terraform_data" "old" {
  triggers_replace = "1"
}

resource "terraform_data" "updated" {
  input = "1"
}

resource "terraform_data" "cbd" {
  triggers_replace = "1"

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "uses" {
  input = terraform_data.old.id
}
