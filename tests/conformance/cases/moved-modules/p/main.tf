resource "terraform_data" "into" {
  input = "r"
}
