data "null_data_source" "d1" { inputs = { v = "1" } }
resource "null_resource" "n" { triggers = { v = "1" } }
resource "terraform_data" "t" { }
resource "terraform_data" "c" { count = 1 }
output "o4" { value = (true ? [data.null_data_source.d1.outputs["v"]] : [data.null_data_source.d1.outputs]) }
output "o5" { value = (true ? [null_resource.n.triggers] : [null_resource.n.id]) }
output "o6" { value = (true ? [terraform_data.t.id] : [[]]) }
output "o8" { value = (true ? [terraform_data.c[0].id] : [[]]) }
output "o9" { value = tonumber(terraform_data.t.id) + "x" }
output "o10" { value = terraform_data.t.id.foo }
output "o11" { value = terraform_data.t.output.foo }
output "o12" { value = terraform_data.t.id[0] }
output "o13" { value = null_resource.n.triggers.foo.bar }
output "o14" { value = merge(terraform_data.t.id, {}) }
output "o15" { value = keys(terraform_data.t.id) }
output "o16" { value = [for x in terraform_data.t.id : x] }
output "o17" { value = length(terraform_data.t) }
output "o18" { value = terraform_data.t[*].id }
output "o19" { value = "${null_resource.n.triggers}" }
output "o20" { value = null_resource.n.triggers + 1 }
module "m" {
  source = "./m"
  a = "x"
}
output "o7" { value = (true ? [module.m.x] : [[]]) }
