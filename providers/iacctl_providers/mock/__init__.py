"""A cloud that does not exist, for demonstrations and tests: source iacctl/mock.

Objects live in memory or in a folder of JSON files; latency, lagging reads, failures and misbehaviour are configured.
See docs/providers.md.
"""
