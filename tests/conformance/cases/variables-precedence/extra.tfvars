all = "extra.tfvars"
