"""Why something cannot be shown as JSON."""

from __future__ import annotations


class StateShowError(Exception):
    """The state cannot be shown with the schemas at hand; the text says why, in Terraform's words."""
