variable "objects" {
  type    = list(object({ id = string, tags = list(string) }))
  default = [{ id = "a", tags = ["x", "y"] }, { id = "b", tags = [] }]
}

variable "nothing" {
  type    = object({ id = string })
  default = null
}

locals {
  single = { id = "c", tags = ["z"] }
}

resource "terraform_data" "many" {
  count = 2
  input = "many ${count.index}"
}

resource "terraform_data" "one" {
  input = "one"
}

output "full" {
  value = var.objects[*].id
}

output "attribute_only" {
  value = var.objects.*.id
}

output "nested" {
  value = var.objects[*].tags[*]
}

output "flat" {
  value = flatten(var.objects[*].tags)
}

output "single" {
  value = local.single[*].id
}

output "nothing" {
  value = var.nothing[*].id
}

output "set" {
  value = toset(var.objects)[*].id
}

output "instances" {
  value = terraform_data.many[*].input
}

output "instance_outputs" {
  value = terraform_data.many[*].output
}

output "one_instance" {
  value = terraform_data.one[*].output
}
