resource "terraform_data" "r" {
  input = "r"
}

resource "terraform_data" "s" {
  input = "s"
}
