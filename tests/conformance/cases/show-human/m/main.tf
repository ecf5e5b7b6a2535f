variable "in" {
}

resource "terraform_data" "r" {
  for_each = toset(["a b"])
  input    = { in = var.in, multi = "one\ntwo\n", json = jsonencode({ k = [1, 2] }) }
}

output "out" {
  value = terraform_data.r["a b"].output.in
}
