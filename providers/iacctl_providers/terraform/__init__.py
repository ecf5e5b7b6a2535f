"""The built-in provider, source terraform.io/builtin/terraform: `terraform_data`, `terraform_remote_state` and its
functions."""
