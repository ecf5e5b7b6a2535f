locals {
  b = "%{ unless true }x%{ endunless }"
  c = "%{ if true }x"
}

output "o" {
  value = "${1 + }"
}
