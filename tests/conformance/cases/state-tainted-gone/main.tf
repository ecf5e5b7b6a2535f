resource "terraform_data" "tainted" {
  count = 0
}
