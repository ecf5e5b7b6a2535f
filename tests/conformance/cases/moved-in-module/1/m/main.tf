resource "terraform_data" "a" {
  input = "x"
}

module "c" {
  source = "./c"
}
