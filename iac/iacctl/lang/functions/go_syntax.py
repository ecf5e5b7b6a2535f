"""Go's way to quote a text, as messages of Terraform's functions do it."""

from __future__ import annotations

from iacctl.values.set_hash import go_quoted as quoted

__all__ = ["quoted"]
