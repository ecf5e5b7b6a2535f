locals {
  l = 1
}

resource "terraform_data" "a" {
  depends_on = ["terraform_data.b"]
}

resource "terraform_data" "b" {
  depends_on = [terraform_data.nothing]
}

resource "terraform_data" "c" {
  depends_on = [1 + 1]
}

resource "terraform_data" "d" {
  depends_on = [terraform_data.b.id]
}

resource "terraform_data" "e" {
  depends_on = terraform_data.b
}
