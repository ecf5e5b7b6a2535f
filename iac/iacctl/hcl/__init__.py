"""Source text to syntax tree and back: HCL's native syntax and its JSON variant.

Knows HCL and nothing of Terraform. `parser` and `json_syntax` read files, `ast` is what they give, `schema` describes
what a body may hold and `content` is what was found, `static` reads meaning from expressions that are not evaluated.
"""
