resource "terraform_data" "tainted" {
  input = "x"
}

resource "terraform_data" "cbd" {
  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "uses" {
  input = terraform_data.tainted.id
}
