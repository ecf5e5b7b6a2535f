resource "terraform_data" "c" {
  count = 2
}

resource "terraform_data" "s" {
}

resource "terraform_data" "e" {
  for_each = toset(["a"])
}

resource "terraform_data" "key_missing" {
  lifecycle {
    replace_triggered_by = [terraform_data.c.id]
  }
}

resource "terraform_data" "instance" {
  lifecycle {
    replace_triggered_by = [terraform_data.c[7]]
  }
}

resource "terraform_data" "attribute" {
  lifecycle {
    replace_triggered_by = [terraform_data.e["b"].id]
  }
}

resource "terraform_data" "single" {
  lifecycle {
    replace_triggered_by = [terraform_data.s[0]]
  }
}

resource "terraform_data" "fine" {
  lifecycle {
    replace_triggered_by = [terraform_data.e["a"].id, terraform_data.s, terraform_data.c]
  }
}
