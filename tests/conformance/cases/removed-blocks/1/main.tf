resource "terraform_data" "forgotten" {
}

resource "terraform_data" "destroyed" {
}
