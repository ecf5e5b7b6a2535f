resource "terraform_data" "a" {
  input = { b = 2, a = [1, 2], c = null }
}

resource "terraform_data" "b" {
  input = toset(["x", "y"])
}

output "o" {
  value = { y = 1, x = 2 }
}
