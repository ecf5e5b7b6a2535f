resource "terraform_data" "r" {
  input = "a"
}

module "b" {
  source = "../b"
}

output "b" {
  value = module.b.id
}
