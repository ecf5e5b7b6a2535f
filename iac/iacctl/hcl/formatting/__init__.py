"""Canonical layout of native syntax, as `terraform fmt` has it: a file's tokens with comments, and the spaces between them."""
