"""From syntax tree to value: references, compiled expressions, functions, type constraints.

`compile` turns an expression into a closure once, `references` says beforehand what it depends on, `context` is what it
is evaluated in (the engine implements `context.Scope`), and `functions.catalog` is the table of functions.
"""
