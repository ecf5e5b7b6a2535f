resource "null_resource" "a" {
  dynamic "triggers" {
    for_each = { a = "b" }
    iterator = it
    content {
      a = it.value
    }
  }
}

resource "terraform_data" "b" {
  dynamic "lifecycle" {
    for_each = [1]
    content {
      prevent_destroy = true
    }
  }
}

resource "terraform_data" "c" {
  dynamic "nothing" {
  }
}

resource "terraform_data" "d" {
  dynamic {
    for_each = []
  }
}
