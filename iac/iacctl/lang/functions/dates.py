"""Functions of dates and times."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from iacctl.lang.functions import timestamps
from iacctl.lang.functions.calling import ArgumentError, FunctionError
from iacctl.lang.functions.go_syntax import quoted
from iacctl.lang.functions.timestamps import TimestampError
from iacctl.values import STRING, unknown_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.lang.context import EvalContext
    from iacctl.values import Value

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _timestamp() -> Value:
    return timestamps.text(datetime.now(UTC))


def _plantimestamp(context: EvalContext) -> Value:
    fixed = context.settings.plan_timestamp
    return unknown_of(STRING) if fixed is None else fixed


def _timeadd(timestamp: str, duration: str) -> Value:
    try:
        time = timestamps.parse(timestamp)
    except TimestampError as error:
        raise FunctionError(str(error)) from None
    try:
        return timestamps.text(time + parse_duration(duration))
    except OverflowError:
        raise FunctionError("the resulting year is out of range") from None


def _timecmp(one: str, other: str) -> Value:
    times: list[datetime] = []
    for position, text in enumerate((one, other)):
        try:
            times.append(timestamps.parse(text))
        except TimestampError as error:
            raise ArgumentError(position, str(error)) from None
    left, right = times
    return (left > right) - (left < right)


_MICROSECONDS: Final = {
    "ns": 0.001,
    "us": 1,
    "µs": 1,
    "μs": 1,
    "ms": 1000,
    "s": 10**6,
    "m": 60 * 10**6,
    "h": 3600 * 10**6,
}
_QUANTITY: Final = re.compile(r"([0-9]*)(\.[0-9]*)?([^.0-9]*)", re.ASCII)


def _quoted(text: str) -> str:
    """A text as Go's `time` package quotes it: byte by byte."""
    out: list[str] = []
    for byte in text.encode("utf-8", "surrogateescape"):
        char = chr(byte)
        if char in '"\\':
            out.append("\\" + char)
        else:
            out.append(char if 0x20 <= byte < 0x80 else f"\\x{byte:02x}")
    return f'"{"".join(out)}"'


def parse_duration(source: str) -> timedelta:
    """A duration such as `1h30m` or `-1.5s`, as Go reads it. Raises FunctionError."""
    from fractions import Fraction

    invalid = FunctionError(f"time: invalid duration {_quoted(source)}")
    rest = source[1:] if source[:1] in ("-", "+") else source
    if rest == "0":
        return timedelta(0)
    if not rest:
        raise invalid
    total = Fraction(0)
    while rest:
        found = _QUANTITY.match(rest)
        assert found is not None
        whole, part, unit = found[1], found[2] or "", found[3]
        if not whole and part in ("", "."):
            raise invalid
        if not unit:
            raise FunctionError(f"time: missing unit in duration {_quoted(source)}")
        if unit not in _MICROSECONDS:
            raise FunctionError(f"time: unknown unit {_quoted(unit)} in duration {_quoted(source)}")
        number = Fraction((whole or "0") + (part if part != "." else ""))
        total += number * Fraction(str(_MICROSECONDS[unit]))
        rest = rest[found.end() :]
    if total >= 2**63 // 1000:
        raise invalid
    micros = int(total)
    return timedelta(microseconds=-micros if source[:1] == "-" else micros)


def _formatdate(pattern: str, timestamp: str) -> Value:
    try:
        time = timestamps.parse(timestamp)
    except TimestampError as error:
        raise ArgumentError(1, str(error)) from None
    out: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if pattern.startswith("''", at):
            out.append("'")
            at += 2
        elif char == "'":
            text, at = _literal(pattern, at)
            out.append(text)
        elif char.isascii() and char.isalpha():
            end = at
            while end < len(pattern) and pattern[end] == char:
                end += 1
            out.append(_verb(pattern[at:end], time))
            at = end
        else:
            out.append(char)
            at += 1
    return "".join(out)


def _literal(pattern: str, at: int) -> tuple[str, int]:
    """The text between single quotes (`''` inside stands for one) and where it ends."""
    out: list[str] = []
    at += 1
    while at < len(pattern):
        if pattern[at] == "'":
            if pattern[at + 1 : at + 2] != "'":
                return "".join(out), at + 1
            at += 1
        out.append(pattern[at])
        at += 1
    raise ArgumentError(0, "unterminated literal '")


def _half_day(time: datetime) -> int:
    return time.hour % 12 or 12


_VERBS: Final[dict[str, Callable[[datetime], str]]] = {
    "YY": lambda time: f"{time.year % 100:02d}",
    "YYYY": lambda time: f"{time.year:04d}",
    "M": lambda time: str(time.month),
    "MM": lambda time: f"{time.month:02d}",
    "MMM": lambda time: _MONTHS[time.month - 1][:3],
    "MMMM": lambda time: _MONTHS[time.month - 1],
    "D": lambda time: str(time.day),
    "DD": lambda time: f"{time.day:02d}",
    "EEE": lambda time: _WEEKDAYS[time.weekday()][:3],
    "EEEE": lambda time: _WEEKDAYS[time.weekday()],
    "h": lambda time: str(time.hour),
    "hh": lambda time: f"{time.hour:02d}",
    "H": lambda time: str(_half_day(time)),
    "HH": lambda time: f"{_half_day(time):02d}",
    "AA": lambda time: "AM" if time.hour < 12 else "PM",
    "aa": lambda time: "am" if time.hour < 12 else "pm",
    "m": lambda time: str(time.minute),
    "mm": lambda time: f"{time.minute:02d}",
    "s": lambda time: str(time.second),
    "ss": lambda time: f"{time.second:02d}",
    "Z": lambda time: _zone(time, ":", "Z"),
    "ZZZ": lambda time: _zone(time, "", "UTC"),
    "ZZZZ": lambda time: _zone(time, "", ""),
    "ZZZZZ": lambda time: _zone(time, ":", ""),
}
_EXPECTED: Final = {
    "Y": 'year must either be "YY" or "YYYY"',
    "M": 'month must be "M", "MM", "MMM", or "MMMM"',
    "D": 'day of month must either be "D" or "DD"',
    "E": 'day of week must either be "EEE" or "EEEE"',
    "h": '24-hour must either be "h" or "hh"',
    "H": '12-hour must either be "H" or "HH"',
    "A": 'must be "AA"',
    "a": 'must be "aa"',
    "m": 'minute must either be "m" or "mm"',
    "s": 'second must either be "s" or "ss"',
    "Z": "timezone must be Z, ZZZZ, or ZZZZZ",
}


def _zone(time: datetime, separator: str, utc: str) -> str:
    offset = time.utcoffset() or timedelta(0)
    return utc if utc and not offset else timestamps.clock(offset, separator)


def _verb(verb: str, time: datetime) -> str:
    render = _VERBS.get(verb)
    if render is not None:
        return render(time)
    expected = _EXPECTED.get(verb[0])
    if expected is None:
        raise ArgumentError(0, f"invalid date format verb {quoted(verb)}")
    raise ArgumentError(0, f"invalid date format verb {quoted(verb)}: {expected}")


IMPLEMENTATIONS: Final[Mapping[str, Callable[..., Value]]] = {
    "formatdate": _formatdate,
    "plantimestamp": _plantimestamp,
    "timeadd": _timeadd,
    "timecmp": _timecmp,
    "timestamp": _timestamp,
}
