"""The time as plans record it."""

from __future__ import annotations

import time


def now() -> str:
    """The current time in UTC as RFC 3339 text with whole seconds, as `plantimestamp()` gives it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
