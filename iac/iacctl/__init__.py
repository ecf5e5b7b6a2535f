"""iacctl: infrastructure as code, a drop-in for Terraform.

The packages below are layers; each imports only what the architecture document lists to its right.
"""
