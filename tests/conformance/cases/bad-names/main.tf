resource "terraform_data" "1a" {
}

resource "terraform-data" "a b" {
}

output "a.b" {
  value = 1
}

locals {
  "quoted" = 1
}

module "m m" {
  source = "./m"
}
