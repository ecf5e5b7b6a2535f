resource "terraform_data" "a" {
  input = "a"
}

module "m" {
  source = "./m"
}

resource "terraform_data" "b" {
  input      = "b"
  depends_on = [terraform_data.a, module.m]
}

resource "terraform_data" "c" {
  count      = 2
  input      = terraform_data.b.input
  depends_on = [terraform_data.a]
}
