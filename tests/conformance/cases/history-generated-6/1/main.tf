locals {
  l1 = "x"
}

resource "terraform_data" "r2" {
  lifecycle {
    create_before_destroy = true
  }
}

output "o3" {
  value = 1.5
}

output "o4" {
  value = (false ? [try(local.l1, ["z"])] : [terraform_data.r2.triggers_replace])
}

output "o5" {
  value = terraform_data.r2.output
}
