variable "e" {
  default   = "x"
  ephemeral = true
}

variable "n" {
  default   = 2
  ephemeral = true
}

variable "both" {
  default   = "x"
  ephemeral = true
  sensitive = true
}

variable "object" {
  default   = { a = "x", b = ["y"] }
  ephemeral = true
}

locals {
  derived = "${var.e}!"
  mixed   = { secret = var.e, plain = "p" }
  cleared = ephemeralasnull(var.object)
}

resource "terraform_data" "plain" {
  input = local.derived
}

resource "terraform_data" "nested" {
  input            = { a = [local.derived], b = var.n }
  triggers_replace = local.mixed
}

resource "terraform_data" "both" {
  input = var.both
}

resource "terraform_data" "function" {
  input = length(var.object.b)
}

resource "terraform_data" "conditional" {
  input = terraform.applying ? 1 : 2
}

resource "terraform_data" "cleared" {
  input = local.cleared
}

resource "terraform_data" "plain_part" {
  input = local.mixed.plain
}

resource "terraform_data" "count" {
  count = var.n
}

resource "terraform_data" "keys" {
  for_each = toset([var.e])
}

resource "terraform_data" "values" {
  for_each = { a = var.e }
  input    = each.key
}

resource "terraform_data" "value" {
  for_each = { a = var.e }
  input    = each.value
}

resource "terraform_data" "map" {
  for_each = var.object
}

data "terraform_remote_state" "d" {
  backend = "local"
  config  = { path = var.e }
}

module "m" {
  source = "./m"
  plain  = var.e
  fine   = var.e
}

module "counted" {
  source = "./m"
  count  = var.n
  plain  = "p"
  fine   = "p"
}

module "each" {
  source   = "./m"
  for_each = { a = var.e }
  plain    = each.value
  fine     = each.value
}

output "plain" {
  value = var.e
}

output "sensitive" {
  value     = var.both
  sensitive = true
}

output "part" {
  value = local.mixed.secret
}

output "fine" {
  value = local.mixed.plain
}

output "root" {
  value     = var.e
  ephemeral = true
}

output "module" {
  value = module.m.out
}
