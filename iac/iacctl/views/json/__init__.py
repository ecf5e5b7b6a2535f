"""Documents and message streams for programs, as Terraform's JSON output formats define them."""
