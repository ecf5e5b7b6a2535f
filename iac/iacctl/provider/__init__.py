"""The port that every provider implements: schemas, requests, responses, and what a provider's answers must satisfy.

The engine sees providers only through this package; in-process providers and plugin binaries stand behind the
same verbs, which mirror those of Terraform's plugin protocol.
"""
