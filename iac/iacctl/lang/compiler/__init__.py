"""How each kind of expression is compiled to a closure; `iacctl.lang.compile` is the way in.

`core` holds what all share, `report` makes diagnostics, `access` takes attributes and indexes of values, and every
other module compiles one family of expressions.
"""
