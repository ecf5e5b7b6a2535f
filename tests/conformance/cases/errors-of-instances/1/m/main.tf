variable "v" {
}

locals {
  l = var.v[1]
}

output "o" {
  value = var.v[2]
}

resource "terraform_data" "count" {
  count = var.v[3]
}

resource "terraform_data" "type" {
  count = var.v[0]
}

resource "terraform_data" "for_each" {
  for_each = var.v[0]
}

resource "terraform_data" "unknown" {
  count = terraform_data.id.id
}

resource "terraform_data" "id" {
}

resource "terraform_data" "argument" {
  count = 2
  input = var.v[4]
}

resource "terraform_data" "function" {
  count = 2
  input = tonumber(var.v[0])
}

data "terraform_remote_state" "reading" {
  backend = var.v[5]
}

module "n" {
  source = "./n"
  count  = var.v[6]
}
