resource "terraform_data" "r1" {
  count = length([3])
  triggers_replace = { p = {  }, q = "t-${jsonencode({ q = "a b" })}" }
}

data "null_data_source" "d2" {
  inputs = { v = jsonencode(1) }
}

resource "null_resource" "r9" {
  triggers = { v = "x" }
}

resource "terraform_data" "r4" {
  input = true
  triggers_replace = terraform_data.r1[*].triggers_replace
  depends_on = [data.null_data_source.d2]
  lifecycle {
    create_before_destroy = true
  }
}

module "m10" {
  source = "./m10"
  count = length([])
  v11 = "i${count.index}"
}

check "c8" {
  assert {
    condition     = jsonencode({ p = { p = null }, q = null }) != jsonencode(try(null_resource.r9.triggers, { p = {  }, r = [""] }))
    error_message = "check ${2 * 2}"
  }
}

output "o5" {
  value = "u-${jsonencode((false ? jsonencode([terraform_data.r4.input]) : jsonencode(terraform_data.r4.output)))}"
}

output "o6" {
  value = (false ? jsonencode([null_resource.r9.id]) : jsonencode(terraform_data.r4.input))
}

output "o7" {
  value = { p = data.null_data_source.d2.has_computed_default, q = "u-${jsonencode(try(terraform_data.r1[1].output, "none"))}" }
  sensitive = true
}
