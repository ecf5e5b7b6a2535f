terraform {
  required_version = ">= 1.2, < 2.0, != 1.3.0"
}

module "m" {
  source = "./m"
}
