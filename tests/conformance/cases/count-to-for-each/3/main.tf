resource "terraform_data" "r" {
  count = 1
  input = count.index
}
