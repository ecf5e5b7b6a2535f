terraform {
  required_version = ">= 1.0"

  required_providers {
    null = {
      source  = "hashicorp/null"
      version = ">= 2.1"
    }
  }
}

provider "null" {
  alias = "other"
}

variable "described" {
  type        = string
  description = "A variable"
  default     = "d"
  sensitive   = true
}

variable "plain" {
  default = [1, "x", { a = null }]
}

variable "required" {
  type    = object({ a = optional(string, "x") })
  default = {}
}

locals {
  l = var.plain[0]
}

resource "terraform_data" "a" {
  count            = length(var.plain)
  input            = "${count.index}-${local.l}-${terraform.workspace}"
  triggers_replace = [path.module, var.described]
  depends_on       = [null_resource.b]
}

resource "null_resource" "b" {
  provider = null.other
  for_each = { x = 1 }
  triggers = { key = each.key, value = "constant" }
}

data "null_data_source" "d" {
  inputs = { a = null_resource.b["x"].id, b = "x" }
}

module "m" {
  source   = "./m"
  for_each = toset(["k"])
  in       = terraform_data.a[0].output
  constant = { a = 1 }

  providers = {
    null = null.other
  }
  depends_on = [data.null_data_source.d]
}

output "described" {
  value       = module.m["k"].out
  description = "An output"
  sensitive   = true
  depends_on  = [terraform_data.a]
}

output "for" {
  value = { for i, a in terraform_data.a : i => a.id if var.plain != null }
}
