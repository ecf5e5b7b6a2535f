resource "terraform_data" "s" {
  input = "s"
}
