"""Durations as Go writes them: `30s`, `1h15m`, `1.5h`."""

from __future__ import annotations

import re
from typing import Final

_NANOSECONDS: Final = {
    "ns": 1,
    "us": 1_000,
    "µs": 1_000,
    "μs": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
}
_PART: Final = re.compile(r"(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)", re.ASCII)
_LIMIT: Final = 2**63


def nanoseconds(text: str) -> int:
    """Read a duration. Raises ValueError if it is none, or too long for 64 bits."""
    body = text.lstrip("+-") if text[1:2] not in ("+", "-") else ""
    negative = text.startswith("-")
    if body == "0":
        return 0
    total, position = 0, 0
    while position < len(body):
        match = _PART.match(body, position)
        if match is None or not (match[1] or match[2]):
            raise ValueError(f"{text!r} is not a valid duration string")
        unit = _NANOSECONDS[match[3]]
        fraction = match[2] or ""
        total += int(match[1] or 0) * unit + (int(fraction) * unit // 10 ** len(fraction) if fraction else 0)
        position = match.end()
    if not body or total >= _LIMIT:
        raise ValueError(f"{text!r} is not a valid duration string")
    return -total if negative else total
