"""Timestamps of RFC 3339 as Go reads and writes them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final, NoReturn

from iacctl.lang.functions.go_syntax import quoted

_ISSUE: Final = "not a valid RFC3339 timestamp"
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class TimestampError(Exception):
    """A text is no timestamp; says why in Terraform's words."""


class _Reader:
    """Reads a timestamp piece by piece, with the checks of Go's `time.Parse` in their order."""

    def __init__(self, text: str) -> None:
        self.rest = text

    def fail(self, what: str) -> NoReturn:
        if not self.rest:
            raise TimestampError(f"{_ISSUE}: end of string before {what}")
        raise TimestampError(f"{_ISSUE}: cannot use {quoted(self.rest)} as {what}")

    def digits(self, count: int, what: str) -> int:
        found = self.rest[:count]
        if not (len(found) == count and found.isascii() and found.isdigit()):
            if what == "hour" and found[:1] == ":":
                raise TimestampError(f"{_ISSUE}: hour must be between 0 and 23 inclusive")
            if found and (what == "minute" or (what == "hour" and found[0].isascii() and found[0].isdigit())):
                raise TimestampError(f"{_ISSUE}: {what} must have exactly two digits")
            self.fail(what)
        self.rest = self.rest[len(found) :]
        return int(found)

    def separator(self, char: str) -> None:
        if self.rest[:1] == char:
            self.rest = self.rest[1:]
        elif char == "T":
            raise TimestampError(f"{_ISSUE}: missing required time introducer 'T'")
        elif not self.rest:
            raise TimestampError(f'{_ISSUE}: end of string where "{char}" is expected')
        else:
            raise TimestampError(f'{_ISSUE}: found {quoted(self.rest)} where "{char}" is expected')

    def fraction(self) -> int:
        if self.rest[:1] in (".", ",") and self.rest[1:2].isdigit():
            if self.rest[0] == ",":
                self.rest = ","
                self.fail("timestamp segment")
            end = 1
            while end < len(self.rest) and self.rest[end].isdigit():
                end += 1
            digits = self.rest[1:end]
            self.rest = self.rest[end:]
            return int(digits[:6].ljust(6, "0"))
        return 0

    def offset(self) -> timedelta:
        if self.rest[:1] == "Z":
            self.rest = self.rest[1:]
            return timedelta(0)
        found = self.rest[:6]
        if len(found) < 6 or found[3] != ":" or found[0] not in "+-" or not (found[1:3] + found[4:6]).isdigit():
            self.fail("UTC offset")
        hours, minutes = int(found[1:3]), int(found[4:6])
        self.rest = self.rest[6:]
        if hours > 24 or minutes > 60:
            self.fail("UTC offset")
        delta = timedelta(hours=hours, minutes=minutes)
        return -delta if found[0] == "-" else delta


def _out_of_range(what: str) -> NoReturn:
    raise TimestampError(f"{_ISSUE}: {what} out of range")


def parse(text: str) -> datetime:
    """The time that a timestamp means, with its offset. Raises TimestampError."""
    reader = _Reader(text)
    year = reader.digits(4, "year")
    reader.separator("-")
    month = reader.digits(2, "month")
    if not 1 <= month <= 12:
        reader.fail("month")
    reader.separator("-")
    day = reader.digits(2, "day of month")
    reader.separator("T")
    hour = reader.digits(2, "hour")
    if hour > 23:
        raise TimestampError(f"{_ISSUE}: hour must be between 0 and 23 inclusive")
    reader.separator(":")
    minute = reader.digits(2, "minute")
    if minute > 59:
        raise TimestampError(f"{_ISSUE}: minute must have exactly two digits")
    reader.separator(":")
    second = reader.digits(2, "second")
    if second > 59:
        reader.fail("second")
    micros = reader.fraction()
    offset = reader.offset()
    if reader.rest:
        reader.fail("timestamp segment")
    leap = month == 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    if not 1 <= day <= _DAYS[month - 1] + leap:
        _out_of_range("day")
    try:
        return datetime(year, month, day, hour, minute, second, micros, timezone(offset))
    except (ValueError, OverflowError):
        raise TimestampError(f"{_ISSUE}: year out of range") from None


def text(time: datetime) -> str:
    """A time as a timestamp with whole seconds."""
    offset = time.utcoffset() or timedelta(0)
    zone = "Z" if not offset else clock(offset, ":")
    date = f"{time.year:04d}-{time.month:02d}-{time.day:02d}"
    return f"{date}T{time.hour:02d}:{time.minute:02d}:{time.second:02d}{zone}"


def clock(offset: timedelta, separator: str) -> str:
    """An offset from UTC such as `+01:30`."""
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    minutes = abs(minutes)
    return f"{sign}{minutes // 60:02d}{separator}{minutes % 60:02d}"
