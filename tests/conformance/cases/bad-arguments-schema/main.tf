resource "terraform_data" "a" {
  inputs = "x"
}

resource "terraform_data" "b" {
  settings {
    a = 1
  }
}

resource "terraform_data" "c" {
  id = "given"
}

resource "terraform_data" "d" {
  dynamic "input" {
    for_each = [1]
    content {
      a = 1
    }
  }
}
