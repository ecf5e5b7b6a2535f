resource "terraform_data" "a" {
  input = "x" "y"
}

resource "terraform_data" "b" {
  input = [1, 2
