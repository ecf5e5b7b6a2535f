resource "terraform_data" "n" {
}
variable "g" { default = "dflt" }
module "m" { 
  source = "./m" 
}
