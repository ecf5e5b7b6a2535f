a = "tests-tfvars"
u = "tests-undeclared"
