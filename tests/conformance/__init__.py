"""The same configurations through real Terraform and through iacctl, compared field by field; see README.md."""
