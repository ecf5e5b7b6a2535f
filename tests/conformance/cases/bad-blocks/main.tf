resources "terraform_data" "a" {
}

resource "terraform_data" {
}

output "a" "b" {
  value = 1
}

top = 1

variable {
}

locals "x" {
}
