variable "network" {
  default = "x"
}

locals {
  subnets = 1
}

resource "terraform_data" "server" {
}

output "variable" {
  value = var.netwrok
}

output "local" {
  value = local.subnet
}

output "resource" {
  value = terraform_data.servers.id
}

output "type" {
  value = terraform_date.server.id
}

output "data" {
  value = data.null_data_source.x.id
}

output "incomplete" {
  value = terraform_data
}

output "path" {
  value = path.here
}

output "terraform" {
  value = terraform.version
}

output "bare" {
  value = server
}

output "self" {
  value = self.id
}

output "far" {
  value = var.aaaaaaaaaaaa
}
