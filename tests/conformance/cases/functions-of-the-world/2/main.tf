locals {
  text   = file("text.txt")
  hashes = [filemd5("text.txt"), filebase64sha256("text.txt")]
}

resource "terraform_data" "first" {
  input = "text.txt"
}

resource "terraform_data" "file" {
  input = [local.text, terraform_data.first.id]
}

resource "terraform_data" "hashes" {
  input = local.hashes
}

resource "terraform_data" "exists" {
  input = fileexists("new.txt")
}

resource "terraform_data" "set" {
  input = fileset(".", "*.txt")
}

resource "terraform_data" "template" {
  input = templatefile("text.txt", { a = 1 })
}

resource "terraform_data" "nested" {
  input = templatefile("outer.tmpl", {})
}

resource "terraform_data" "late" {
  input = file(terraform_data.first.output)
}

resource "terraform_data" "attempt" {
  input = try(filesha1("text.txt"), "changed")
}

resource "terraform_data" "missing" {
  input = can(file("new.txt"))
}
