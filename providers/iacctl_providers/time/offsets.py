"""The resources `time_static`, `time_offset` and `time_rotating`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from iacctl_providers import sdk
from iacctl_providers.time import instants

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.values import Value


def _timestamp(value: str) -> sdk.Invalid | None:
    try:
        instants.parse(value)
    except ValueError:
        return sdk.Invalid(f'value must be a string in RFC3339 format, got: "{value}"', "Invalid Attribute Value Type")
    return None


class _Instant(sdk.Resource):
    """What the three resources share: an instant, taken apart."""

    id = sdk.string(computed=True, description="The base timestamp.")
    triggers = sdk.map_of(sdk.string)(
        optional=True, force_new=True, description="Any values; a change of them takes a new timestamp."
    )
    year = sdk.integer(computed=True, description="Its year.")
    month = sdk.integer(computed=True, description="Its month.")
    day = sdk.integer(computed=True, description="Its day.")
    hour = sdk.integer(computed=True, description="Its hour.")
    minute = sdk.integer(computed=True, description="Its minute.")
    second = sdk.integer(computed=True, description="Its second.")
    unix = sdk.integer(computed=True, description="It in seconds since 1970.")

    def take_apart(self, instant: datetime) -> None:
        """Fill in the parts of an instant."""
        self.year, self.month, self.day = instant.year, instant.month, instant.day
        self.hour, self.minute, self.second = instant.hour, instant.minute, instant.second
        self.unix = int(instant.timestamp())


def _base(given: str) -> datetime:
    """A configured base timestamp, or else the current time."""
    return instants.parse(given) if sdk.is_known(given) and given else instants.now()


class Static(_Instant):
    """A point in time that stays as it was when it was made."""

    id = sdk.string(computed=True, keep=True, description="The timestamp.")
    rfc3339 = sdk.string(
        optional=True,
        computed=True,
        force_new=True,
        validators=(_timestamp,),
        description="The timestamp; by default the time of creation.",
    )

    def modify_plan(self, plan: sdk.Plan[Any]) -> None:
        if plan.creates and sdk.is_known(self.rfc3339):
            self.take_apart(instants.parse(self.rfc3339))
            self.id = self.rfc3339

    def create(self, call: sdk.Call[Any]) -> None:
        instant = _base(self.rfc3339)
        if not sdk.is_known(self.rfc3339):
            self.rfc3339 = instants.text(instant)
        self.take_apart(instant)
        self.id = self.rfc3339

    @classmethod
    def import_id(cls, text: str, call: sdk.Call[Any]) -> Self:
        instant = _imported_instant(text, "static")
        made = cls(rfc3339=instants.text(instant), id=instants.text(instant), triggers={})
        made.take_apart(instant)
        return made


_UNITS: Final = ("days", "hours", "minutes", "months", "seconds", "years")
"""In the order in which the original looks at them: the last one that is given counts."""


def _shifted(instant: datetime, unit: str, count: int) -> datetime:
    if unit in ("days", "months", "years"):
        return instants.add_date(instant, **{unit: count})
    return instant + timedelta(**{unit: count})


class Offset(
    _Instant,
    rules=(
        sdk.rules.at_least_one_of(
            "offset_seconds", "offset_minutes", "offset_hours", "offset_days", "offset_months", "offset_years"
        ),
    ),
):
    """A point in time some way off from another. Of several offsets, one counts: years before seconds, months, minutes,
    hours, days."""

    base_rfc3339 = sdk.string(
        optional=True,
        computed=True,
        validators=(_timestamp,),
        description="The base timestamp; by default the time of creation.",
    )
    rfc3339 = sdk.string(computed=True, description="The timestamp with the offset.")
    offset_days = sdk.integer(optional=True, description="Days to add.")
    offset_hours = sdk.integer(optional=True, description="Hours to add.")
    offset_minutes = sdk.integer(optional=True, description="Minutes to add.")
    offset_months = sdk.integer(optional=True, description="Months to add.")
    offset_seconds = sdk.integer(optional=True, description="Seconds to add.")
    offset_years = sdk.integer(optional=True, description="Years to add.")

    def modify_plan(self, plan: sdk.Plan[Any]) -> None:
        prior = plan.prior
        if prior is None or _same(self, prior, "offset_", _UNITS):
            return
        if not sdk.is_known(self.base_rfc3339):
            if sdk.is_known(plan.config.base_rfc3339):
                self.base_rfc3339 = prior.base_rfc3339
            else:
                return
        if all(sdk.is_known(self.__dict__[f"offset_{unit}"]) for unit in _UNITS):
            self._settle(instants.parse(self.base_rfc3339))

    def create(self, call: sdk.Call[Any]) -> None:
        self._settle(_base(self.base_rfc3339))

    def update(self, call: sdk.Call[Any]) -> None:
        known = sdk.is_known(self.base_rfc3339)
        self._settle(instants.parse(self.base_rfc3339 if known else call.prior.base_rfc3339))

    def _settle(self, base: datetime) -> None:
        instant = base
        for unit in _UNITS:
            count = self.__dict__.get(f"offset_{unit}")
            if count:
                instant = _shifted(base, unit, count)
        if not sdk.is_known(self.base_rfc3339) or self.base_rfc3339 is None:
            self.base_rfc3339 = instants.text(base)
        self.rfc3339 = instants.text(instant)
        self.take_apart(instant)
        self.id = self.base_rfc3339

    @classmethod
    def import_id(cls, text: str, call: sdk.Call[Any]) -> Self:
        parts = text.split(",")
        expected = "BASETIMESTAMP,YEARS,MONTHS,DAYS,HOURS,MINUTES,SECONDS"
        if len(parts) != 7:
            raise _bad_id(text, expected)
        if not parts[0] or not any(parts[1:]):
            raise _bad_id(text, f"{expected} where at least one offset value is non-empty")
        base = _imported_instant(parts[0], "offset")
        made = cls(base_rfc3339=parts[0], triggers={})
        for unit, part in zip(("years", "months", "days", "hours", "minutes", "seconds"), parts[1:], strict=True):
            made.__dict__[f"offset_{unit}"] = _imported_count(part, f"offset_{unit}", "offset")
        made._settle(base)
        return made


def _outdated(before: Value, _planned: Value) -> bool:
    return isinstance(before, str) and instants.now() > instants.parse(before)


class Rotating(
    _Instant,
    rules=(
        sdk.rules.at_least_one_of(
            "rotation_minutes",
            "rotation_hours",
            "rotation_days",
            "rotation_months",
            "rotation_years",
            "rotation_rfc3339",
        ),
    ),
):
    """A point in time that is renewed when another has passed. Of several rotations, one counts, as for
    `time_offset`."""

    rfc3339 = sdk.string(
        optional=True,
        computed=True,
        force_new=True,
        validators=(_timestamp,),
        description="The base timestamp; by default the time of creation.",
    )
    rotation_rfc3339 = sdk.string(
        optional=True,
        computed=True,
        force_new=_outdated,
        validators=(_timestamp,),
        description="When it is renewed.",
    )
    rotation_days = sdk.integer(
        optional=True, validators=(sdk.validators.at_least(1),), description="Days until it is renewed."
    )
    rotation_hours = sdk.integer(
        optional=True, validators=(sdk.validators.at_least(1),), description="Hours until it is renewed."
    )
    rotation_minutes = sdk.integer(
        optional=True, validators=(sdk.validators.at_least(1),), description="Minutes until it is renewed."
    )
    rotation_months = sdk.integer(
        optional=True, validators=(sdk.validators.at_least(1),), description="Months until it is renewed."
    )
    rotation_years = sdk.integer(
        optional=True, validators=(sdk.validators.at_least(1),), description="Years until it is renewed."
    )

    def read(self, call: sdk.Call[Any]) -> None:
        if self.rotation_rfc3339 and instants.now() > instants.parse(self.rotation_rfc3339):
            raise sdk.Gone

    def modify_plan(self, plan: sdk.Plan[Any]) -> None:
        prior = plan.prior
        if prior is None or _same(self, prior, "rotation_", _ROTATION_UNITS):
            return
        wanted = plan.config
        if not sdk.is_known(self.rfc3339):
            if not sdk.is_known(wanted.rfc3339):
                return
            self.rfc3339 = prior.rfc3339
        if all(sdk.is_known(wanted.__dict__[f"rotation_{unit}"]) for unit in _ROTATION_UNITS):
            self._settle(instants.parse(self.rfc3339), wanted.rotation_rfc3339)

    def create(self, call: sdk.Call[Any]) -> None:
        self._settle(_base(self.rfc3339), call.config.rotation_rfc3339)

    def update(self, call: sdk.Call[Any]) -> None:
        known = sdk.is_known(self.rfc3339)
        self._settle(instants.parse(self.rfc3339 if known else call.prior.rfc3339), call.config.rotation_rfc3339)

    def _settle(self, base: datetime, rotation: str | None) -> None:
        instant = base
        for unit in ("days", "hours", "minutes", "months"):
            count = self.__dict__.get(f"rotation_{unit}")
            if count:
                instant = _shifted(base, unit, count)
        if rotation:
            instant = instants.parse(rotation)
        if self.rotation_years:
            instant = _shifted(base, "years", self.rotation_years)
        if not sdk.is_known(self.rfc3339) or self.rfc3339 is None:
            self.rfc3339 = instants.text(base)
        self.rotation_rfc3339 = rotation if rotation and not self.rotation_years else instants.text(instant)
        self.take_apart(instant)
        self.id = self.rfc3339

    @classmethod
    def import_id(cls, text: str, call: sdk.Call[Any]) -> Self:
        parts = text.split(",")
        expected = "BASETIMESTAMP,YEARS,MONTHS,DAYS,HOURS,MINUTES"
        if len(parts) not in (2, 6):
            raise _bad_id(text, f"{expected} or BASETIMESTAMP,ROTATIONTIMESTAMP")
        if not parts[0] or not any(parts[1:]):
            raise _bad_id(text, f"{expected} where at least one rotation value is non-empty")
        base = _imported_instant(parts[0], "rotating")
        made = cls(rfc3339=parts[0], triggers={})
        if len(parts) == 2:
            _imported_instant(parts[1], "rotating")
            made._settle(base, parts[1])
            return made
        for unit, part in zip(("years", "months", "days", "hours", "minutes"), parts[1:], strict=True):
            made.__dict__[f"rotation_{unit}"] = _imported_count(part, f"rotation_{unit}", "rotating")
        made._settle(base, None)
        return made


_ROTATION_UNITS: Final = ("years", "months", "days", "hours", "minutes", "rfc3339")


def _same(planned: _Instant, prior: _Instant, prefix: str, units: Sequence[str]) -> bool:
    return all(planned.__dict__[f"{prefix}{unit}"] == prior.__dict__[f"{prefix}{unit}"] for unit in units)


def _bad_id(text: str, expected: str) -> sdk.ProviderError:
    return sdk.ProviderError("Unexpected Format of ID", f'Unexpected format of ID ("{text}"), expected {expected}')


def _imported_instant(text: str, kind: str) -> datetime:
    try:
        return instants.parse(text)
    except ValueError as problem:
        detail = f"The timestamp that was supplied could not be parsed as RFC3339.\n\nOriginal Error: {problem}"
        raise sdk.ProviderError(f"Import time {kind} error", detail) from None


def _imported_count(text: str, name: str, kind: str) -> int | None:
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        detail = f"The {name} parameter that was supplied could not be parsed as Int64.\n\nOriginal Error: {text!r}"
        raise sdk.ProviderError(f"Import time {kind} error", detail) from None
