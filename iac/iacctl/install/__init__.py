"""What `init` does: modules into place, and a provider for every requirement. The only package that may fetch anything.

`modules` walks the tree and writes the manifest, `sources` is where kinds of module sources are added, `providers` chooses.
"""
