"""Text for people, as Terraform's users know it."""
