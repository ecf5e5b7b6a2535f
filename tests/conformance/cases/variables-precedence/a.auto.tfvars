auto_order = "a.auto.tfvars"
all        = "a.auto.tfvars"
