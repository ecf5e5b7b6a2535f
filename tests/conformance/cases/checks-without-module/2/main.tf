module "m" {
  source = "./m"
  count = 0
  v = 1
}
locals { x = [] }
resource "terraform_data" "s" { input = [] }
output "o" { value = null }
output "p" { value = null }
output "q" {
  value = null
  sensitive = true
}
output "r" { value = 1 }
output "s" { value = terraform_data.s.input[0] }
