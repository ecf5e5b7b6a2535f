"""Functions of the time provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iacctl import values
from iacctl_providers import sdk

if TYPE_CHECKING:
    from datetime import datetime

_PARTS: Final = {
    "year": values.NUMBER,
    "year_day": values.NUMBER,
    "day": values.NUMBER,
    "month": values.NUMBER,
    "month_name": values.STRING,
    "weekday": values.NUMBER,
    "weekday_name": values.STRING,
    "hour": values.NUMBER,
    "minute": values.NUMBER,
    "second": values.NUMBER,
    "iso_year": values.NUMBER,
    "iso_week": values.NUMBER,
}
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS: Final = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]


def _parts(instant: datetime) -> dict[str, Any]:
    calendar = instant.isocalendar()
    weekday = instant.isoweekday() % 7
    return {
        "year": instant.year,
        "year_day": instant.timetuple().tm_yday,
        "day": instant.day,
        "month": instant.month,
        "month_name": _MONTHS[instant.month - 1],
        "weekday": weekday,
        "weekday_name": _WEEKDAYS[weekday],
        "hour": instant.hour,
        "minute": instant.minute,
        "second": instant.second,
        "iso_year": calendar.year,
        "iso_week": calendar.week,
    }


@sdk.function(
    sdk.Parameter("timestamp", sdk.string, description="A timestamp in RFC 3339 form."),
    returns=sdk.of_type(values.object_of({**_PARTS, "unix": values.NUMBER})),
)
def rfc3339_parse(timestamp: str) -> dict[str, Any]:
    """Takes an RFC3339 timestamp apart."""
    from iacctl_providers.time import instants

    try:
        instant = instants.parse(timestamp)
    except ValueError:
        message = f'Error parsing RFC3339 timestamp: "{timestamp}" is not a valid RFC3339 timestamp'
        raise sdk.ArgumentError(0, message) from None
    return {**_parts(instant), "unix": int(instant.timestamp())}


@sdk.function(
    sdk.Parameter("unix_timestamp", sdk.integer, description="Seconds since 1970."),
    returns=sdk.of_type(values.object_of({**_PARTS, "rfc3339": values.STRING})),
)
def unix_timestamp_parse(unix_timestamp: int) -> dict[str, Any]:
    """Takes a Unix timestamp apart."""
    from datetime import UTC, datetime

    from iacctl_providers.time import instants

    try:
        instant = datetime.fromtimestamp(unix_timestamp, UTC)
    except (ValueError, OverflowError, OSError):
        raise sdk.ArgumentError(0, f"the timestamp {unix_timestamp} is out of range") from None
    return {**_parts(instant), "rfc3339": instants.text(instant)}


def _count(nanoseconds: int, unit: int) -> float:
    """How many of a unit, rounded as Go's `Duration` does: whole ones, and then the rest."""
    whole, rest = divmod(abs(nanoseconds), unit)
    found = whole + rest / unit
    return -found if nanoseconds < 0 else found


@sdk.function(
    sdk.Parameter("duration", sdk.string, description="A duration such as `1h15m`."),
    returns=sdk.of_type(
        values.object_of(
            dict.fromkeys(("hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"), values.NUMBER)
        )
    ),
)
def duration_parse(duration: str) -> dict[str, Any]:
    """Takes a duration string of Go apart."""
    from iacctl_providers.time import durations

    try:
        total = durations.nanoseconds(duration)
    except ValueError:
        message = f'Error parsing duration string: "{duration}" is not a valid duration string'
        raise sdk.ArgumentError(0, message) from None
    sign = -1 if total < 0 else 1
    return {
        "hours": _count(total, 3_600_000_000_000),
        "minutes": _count(total, 60_000_000_000),
        "seconds": _count(total, 1_000_000_000),
        "milliseconds": sign * (abs(total) // 1_000_000),
        "microseconds": sign * (abs(total) // 1_000),
        "nanoseconds": total,
    }
