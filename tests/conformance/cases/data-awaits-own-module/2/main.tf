module "m" {
  source = "./m"
  count = 1
}
data "null_data_source" "x" { inputs = { a = module.m[0].o } }
resource "terraform_data" "a" { input = data.null_data_source.x.outputs.a }
