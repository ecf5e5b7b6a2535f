resource "terraform_data" "lines" {
  input = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n"
}

resource "terraform_data" "json" {
  input = jsonencode({ a = 1, b = [1, 2, 3], c = { d = "e" }, same = "same" })
}

resource "terraform_data" "becomes_lines" {
  input = "one"
}

resource "terraform_data" "escapes" {
  input = "tab\there \"quoted\" $${not} %%{a}"
}

resource "terraform_data" "list" {
  input = ["a", "b", "c", "d", "e", "f"]
}

resource "terraform_data" "map" {
  input = { for i in range(12) : "key${i}" => "value${i}" }
}
