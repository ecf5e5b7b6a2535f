resource "terraform_data" "r1" {
  count = length([3])
  triggers_replace = { p = {  }, q = "t-${jsonencode({ q = "a b" })}" }
}

data "null_data_source" "d2" {
  inputs = { v = jsonencode({ p = try(terraform_data.r1[0].input, 1), q = ["", 2] }) }
}

resource "null_resource" "r3" {
  triggers = { v = "x" }
}

resource "terraform_data" "r4" {
  input = true
  triggers_replace = terraform_data.r1[*].triggers_replace
  depends_on = [data.null_data_source.d2]
  lifecycle {
    prevent_destroy = true
  }
}

check "c8" {
  assert {
    condition     = jsonencode({ p = { p = null }, q = null }) != jsonencode(try(null_resource.r3.triggers, { p = {  }, r = [""] }))
    error_message = "check ${2 * 2}"
  }
}

output "o5" {
  value = "u-${jsonencode((false ? jsonencode([terraform_data.r4.input]) : jsonencode(terraform_data.r4.output)))}"
}

output "o6" {
  value = (false ? jsonencode([null_resource.r3.id]) : jsonencode(terraform_data.r4.input))
}

output "o7" {
  value = { p = data.null_data_source.d2.has_computed_default, q = "u-${jsonencode(try(terraform_data.r1[1].output, "none"))}" }
  sensitive = true
}
