resource "terraform_data" "top" {
  input = "alone"
}
