variable "name" {
  type = string
}

variable "zones" {
  type = map(object({
    cidr   = string
    public = optional(bool, false)
  }))
}

variable "tags" {
  type    = map(string)
  default = {}
}

locals {
  public = { for name, zone in var.zones : name => zone if zone.public }
}

resource "terraform_data" "network" {
  input            = { name = var.name, tags = merge(var.tags, { site = var.name }) }
  triggers_replace = var.name
}

resource "terraform_data" "subnet" {
  for_each = var.zones

  input            = { network = terraform_data.network.id, cidr = each.value.cidr, public = each.value.public }
  triggers_replace = [terraform_data.network.id, each.value.cidr]

  lifecycle {
    create_before_destroy = true

    precondition {
      condition     = can(cidrhost(each.value.cidr, 1))
      error_message = "The zone ${each.key} needs a network, not ${each.value.cidr}."
    }
  }
}

resource "terraform_data" "gateway" {
  count = length(local.public) > 0 ? 1 : 0
  input = [for name in keys(local.public) : terraform_data.subnet[name].id]
}

output "subnets" {
  value = { for name, subnet in terraform_data.subnet : name => subnet.output.cidr }
}

output "network_name" {
  value = terraform_data.network.output.name
}

output "gateway" {
  value = one(terraform_data.gateway[*].output)
}
