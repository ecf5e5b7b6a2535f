env_and_tfvars = "terraform.tfvars"
auto_order     = "terraform.tfvars"
all            = "terraform.tfvars"
