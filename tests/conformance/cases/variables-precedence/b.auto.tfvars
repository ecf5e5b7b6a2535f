auto_order = "b.auto.tfvars"
all        = "b.auto.tfvars"
