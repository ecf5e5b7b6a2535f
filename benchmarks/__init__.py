"""Timings of iacctl beside Terraform 1.15.5, taken in one run: `python -m benchmarks`, or `make bench`."""
