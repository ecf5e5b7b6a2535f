resource "terraform_data" "peering" {
  input = []
}
