resource "terraform_data" "lines" {
  input = "one\ntwo\nTHREE\nfour\nfive\nsix\nseven\neight\n"
}

resource "terraform_data" "json" {
  input = jsonencode({ a = 2, b = [1, 3], c = { d = "e", f = null }, same = "same" })
}

resource "terraform_data" "becomes_lines" {
  input = "one\ntwo\n"
}

resource "terraform_data" "escapes" {
  input = "tab\tthere \"quoted\" $${not} %%{b}"
}

resource "terraform_data" "list" {
  input = ["a", "c", "d", "x", "f", "g"]
}

resource "terraform_data" "map" {
  input = { for i in range(1, 13) : "key${i}" => i == 5 ? "changed" : "value${i}" }
}
