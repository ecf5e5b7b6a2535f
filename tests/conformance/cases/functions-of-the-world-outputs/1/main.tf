resource "terraform_data" "first" {
  input = "text.txt"
}

output "text" {
  value = file("text.txt")
}

output "exists" {
  value = fileexists("gone.txt")
}

output "late" {
  value = file(terraform_data.first.output)
}

output "module" {
  value = module.m.text
}

module "m" {
  source = "./m"
}
