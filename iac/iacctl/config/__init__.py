"""Files to a typed tree of modules: blocks, variables, overrides, provider requirements. No network; only constants are valued.

`loader.load` reads a directory (or a `snapshot`) and gives a `model.Config`; `providers` says which provider configuration
serves each resource, `variables` gathers the values of input variables, `versions` knows version constraints, `validate` checks
references.
"""
