resource "terraform_data" "trigger" {
  input = "2"
}

resource "terraform_data" "keyed" {
  for_each = toset(["a", "b"])
  input    = each.key == "a" ? "2" : "x"
}

resource "terraform_data" "by_resource" {
  lifecycle {
    replace_triggered_by = [terraform_data.trigger]
  }
}

resource "terraform_data" "by_attribute" {
  lifecycle {
    replace_triggered_by = [terraform_data.trigger.triggers_replace]
  }
}

resource "terraform_data" "by_input" {
  lifecycle {
    replace_triggered_by = [terraform_data.trigger.input]
  }
}

resource "terraform_data" "by_key" {
  for_each = toset(["a", "b"])

  lifecycle {
    replace_triggered_by = [terraform_data.keyed[each.key]]
  }
}

resource "terraform_data" "by_all" {
  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.keyed]
  }
}
