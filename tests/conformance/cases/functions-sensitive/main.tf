locals {
  secret = sensitive("s3cret")
}

resource "terraform_data" "s" {
  input = {
    plain  = "x"
    secret = local.secret
    mixed  = "pre-${local.secret}"
    list   = [local.secret, "y"]
    keyed  = { (nonsensitive(local.secret)) = "z" }
  }
}

output "checks" {
  value = [issensitive(local.secret), issensitive("x"), issensitive("a${local.secret}"), nonsensitive(length(local.secret))]
}

output "whole" {
  value     = terraform_data.s.output
  sensitive = true
}

output "one" {
  value     = terraform_data.s.input.plain
}
