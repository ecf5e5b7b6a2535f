"""Timestamps as RFC 3339 texts, and calendar arithmetic as the original does it (Go's package time)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

_RFC3339: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|([+-])(\d{2}):(\d{2}))", re.ASCII
)


def now() -> datetime:
    """The current second, UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def parse(text: str) -> datetime:
    """Read an RFC 3339 timestamp; fractions of a second are dropped. Raises ValueError."""
    match = _RFC3339.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a timestamp in RFC 3339 form, such as 2020-02-12T06:36:13Z")
    sign, hours, minutes = match[7], match[8], match[9]
    zone = UTC
    if sign is not None:
        shift = timedelta(hours=int(hours), minutes=int(minutes))
        zone = timezone(-shift if sign == "-" else shift)
    year, month, day, hour, minute, second = (int(match[part]) for part in range(1, 7))
    return datetime(year, month, day, hour, minute, second, tzinfo=zone)


def text(instant: datetime) -> str:
    """A timestamp in RFC 3339 form."""
    shown = instant.strftime("%Y-%m-%dT%H:%M:%S").zfill(19)
    offset = instant.utcoffset() or timedelta()
    if not offset:
        return f"{shown}Z"
    minutes = int(offset.total_seconds()) // 60
    return f"{shown}{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def add_date(instant: datetime, years: int = 0, months: int = 0, days: int = 0) -> datetime:
    """Shift by calendar units. A day that the month lacks runs over: a month after January 31 is March 2 or 3."""
    month = instant.year * 12 + instant.month - 1 + years * 12 + months
    first = date(month // 12, month % 12 + 1, 1)
    shifted = first + timedelta(days=instant.day - 1 + days)
    return instant.replace(year=shifted.year, month=shifted.month, day=shifted.day)
