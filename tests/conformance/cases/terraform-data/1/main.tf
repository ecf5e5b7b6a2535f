resource "terraform_data" "string" {
  input = "a"
}

resource "terraform_data" "object" {
  input = { name = "x", list = ["a", "b"], nested = { deep = true, n = 1 } }
}

resource "terraform_data" "typed" {
  input = {
    list = tolist(["a", "b"])
    set  = toset(["b", "a"])
    map  = tomap({ k = "v" })
  }
}

resource "terraform_data" "triggers" {
  input            = "x"
  triggers_replace = { a = 1, b = ["x"] }
}

resource "terraform_data" "none" {
}

resource "terraform_data" "goes_null" {
  input = "value"
}
