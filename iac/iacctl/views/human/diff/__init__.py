"""Differences between two values, drawn as Terraform draws them in plans.

`types` and `schemas` work out a tree of `nodes` from an old and a new value; a node knows what happens to its part of
the value and how it looks. The same trees, of values that stay as they are, show a state. The rules (what counts as
changed, what is hidden, what stands where) are those of Terraform 1.15.5's output, held by tests that compare with it.
"""
