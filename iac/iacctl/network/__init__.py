"""HTTP as everything that talks to the network needs it: proxies, certificate authorities, retries, redirects, redaction.

`client` makes requests, `addresses` reads and redacts URLs, `proxies` finds the proxy for one. Nothing here is imported by a run
that stays on this machine.
"""
