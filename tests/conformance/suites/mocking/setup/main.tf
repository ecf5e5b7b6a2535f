output "z" { value = 7 }
resource "terraform_data" "setup" {}
