resource "terraform_data" "a" {
  input = 1

  lifecycle {
    ignore_changes = [id]
  }
}

resource "terraform_data" "c" {
  lifecycle {
    ignore_changes = [output, input, id]
  }
}

resource "terraform_data" "d" {
  lifecycle {
    ignore_changes = [input.foo, input["a"], input[0]]
  }
}

resource "null_resource" "n" {
  lifecycle {
    ignore_changes = [triggers["x"], triggers.y, id]
  }
}
