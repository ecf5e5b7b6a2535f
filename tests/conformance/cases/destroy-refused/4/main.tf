resource "terraform_data" "a" { input = tonumber(terraform_data.b.output) }
resource "terraform_data" "b" { input = "s" }
output "bad" { value = terraform_data.a.nonesuch }
