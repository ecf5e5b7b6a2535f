resource "terraform_data" "attribute" {
  input            = "2"
  triggers_replace = "1"

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "trigger" {
  input            = "2"
  triggers_replace = "2"

  lifecycle {
    ignore_changes = [triggers_replace]
  }
}

resource "terraform_data" "path" {
  input = { a = "2", b = { c = "2", d = "2" }, list = ["2", "2"] }

  lifecycle {
    ignore_changes = [input.a, input.b["c"], input.list[0]]
  }
}

resource "null_resource" "map" {
  triggers = { a = "2", b = "1", new = "2" }

  lifecycle {
    ignore_changes = [triggers["a"], triggers["gone"], triggers["new"]]
  }
}

resource "terraform_data" "all" {
  input            = "2"
  triggers_replace = "2"

  lifecycle {
    ignore_changes = all
  }
}
