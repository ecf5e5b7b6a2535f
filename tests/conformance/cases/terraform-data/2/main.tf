resource "terraform_data" "string" {
  input = 5
}

resource "terraform_data" "object" {
  input = { name = "y", list = ["a", "c", "d"], nested = { deep = false, n = 1 }, added = "z" }
}

resource "terraform_data" "typed" {
  input = {
    list = tolist(["b"])
    set  = toset(["a", "c"])
    map  = tomap({ k = "w", l = "x" })
  }
}

resource "terraform_data" "triggers" {
  input            = "y"
  triggers_replace = { a = 1, b = ["y"] }
}

resource "terraform_data" "none" {
  input = "now"
}

resource "terraform_data" "goes_null" {
}
