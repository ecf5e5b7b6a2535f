import {
  to = terraform_data.a
  id = "11111111-1111-1111-1111-111111111111"
}

resource "terraform_data" "a" {
  input = "x"
}
