resource "terraform_date" "a" {
}

resource "null_resorce" "b" {
}

data "terraform_data" "c" {
}

resource "null_data_source" "d" {
}
