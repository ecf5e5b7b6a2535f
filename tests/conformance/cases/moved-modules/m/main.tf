resource "terraform_data" "r" {
  input = "r"
}

module "c" {
  source = "../c"
}
