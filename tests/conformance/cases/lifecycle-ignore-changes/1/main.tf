resource "terraform_data" "attribute" {
  input            = "1"
  triggers_replace = "1"

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "trigger" {
  input            = "1"
  triggers_replace = "1"

  lifecycle {
    ignore_changes = [triggers_replace]
  }
}

resource "terraform_data" "path" {
  input = { a = "1", b = { c = "1", d = "1" }, list = ["1", "1"] }

  lifecycle {
    ignore_changes = [input.a, input.b["c"], input.list[0]]
  }
}

resource "null_resource" "map" {
  triggers = { a = "1", b = "1", gone = "1" }

  lifecycle {
    ignore_changes = [triggers["a"], triggers["gone"], triggers["new"]]
  }
}

resource "terraform_data" "all" {
  input            = "1"
  triggers_replace = "1"

  lifecycle {
    ignore_changes = all
  }
}
