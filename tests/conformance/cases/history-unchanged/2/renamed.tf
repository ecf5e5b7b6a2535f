output "o" { value = { x = 2, y = 1 } }

resource "terraform_data" "b" { input = toset(["y", "x", "y"]) }
resource "terraform_data" "a" {
  input = {
    a = [1, 1 + 1]
    b = 2.0
    c = null
  } # the same
}
