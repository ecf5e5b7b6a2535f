module "m" {
  source = "./m"
}

resource "null_resource" "stays" {
}
