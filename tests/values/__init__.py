"""Tests of values, many of them against real Terraform."""
