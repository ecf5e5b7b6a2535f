resource "null_resource" "type" {
  triggers = "x"
}

resource "null_resource" "element" {
  triggers = { a = ["x"] }
}

resource "null_resource" "unknown" {
  trigger = { a = "b" }
}

resource "null_resource" "computed" {
  id = "x"
}

data "null_data_source" "block" {
  inputs {
    a = "b"
  }
}
