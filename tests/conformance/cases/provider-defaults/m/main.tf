resource "null_resource" "implied" {
}

resource "terraform_data" "implied" {
}
