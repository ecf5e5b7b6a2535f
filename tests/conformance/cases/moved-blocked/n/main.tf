resource "terraform_data" "other" {
  input = "o"
}

module "d" {
  source = "../m/c"
}
