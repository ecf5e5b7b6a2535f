resource "terraform_data" "attribute" {
  input            = "3"
  triggers_replace = "3"

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "trigger" {
  input            = "2"
  triggers_replace = "3"
}

resource "null_resource" "map" {
  triggers = { a = "3", b = "3", new = "3" }

  lifecycle {
    ignore_changes = [triggers["a"], triggers["gone"], triggers["new"]]
  }
}
