resource "terraform_data" "r" {
  input = "single again"
}
