"""The resource `time_sleep`: a delay before whatever depends on it, or after that is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from iacctl_providers import sdk
from iacctl_providers.time import durations

if TYPE_CHECKING:
    from iacctl_providers.time.provider import Time

_DURATION = sdk.validators.matches(
    r"^[0-9]+(\.[0-9]+)?(ms|s|m|h)$",
    "must be a number immediately followed by ms (milliseconds), s (seconds), m (minutes), or h (hours). For example, "
    '"30s" for 30 seconds.',
)


class Sleep(sdk.Resource, rules=(sdk.rules.at_least_one_of("create_duration", "destroy_duration"),)):
    """Takes its time to be created or destroyed."""

    create_duration = sdk.string(
        optional=True, validators=(_DURATION,), description="How long creation takes, such as `30s`."
    )
    destroy_duration = sdk.string(
        optional=True, validators=(_DURATION,), description="How long destruction takes, such as `30s`."
    )
    triggers = sdk.map_of(sdk.string)(
        optional=True, force_new=True, description="Any values; a change of them runs the delays again."
    )
    id = sdk.string(computed=True, keep=True, description="When it was created.")

    def create(self, call: sdk.Call[Time]) -> None:
        _sleep(self.create_duration, "Create", call)
        self.id = _now()

    def delete(self, call: sdk.Call[Time]) -> None:
        _sleep(self.destroy_duration, "Delete", call)

    @classmethod
    def import_id(cls, text: str, call: sdk.Call[Time]) -> Self:
        parts = text.split(",")
        if len(parts) < 2 or not (parts[0] or parts[1]):
            detail = (
                f'Unexpected format of ID ("{text}"), expected CREATEDURATION,DESTROYDURATION,KEY=VALUE,KEY=VALUE... '
                "where at least one CREATIONDURATION or DESTROYDURATION value is non-empty"
            )
            raise sdk.ProviderError("Unexpected Format of ID", detail)
        for name, part in zip(("create_duration", "destroy_duration"), parts, strict=False):
            if part:
                _seconds(part, name, "Import")
        triggers = {}
        for part in parts[2:]:
            key, separator, value = part.partition("=")
            if not separator or "=" in value:
                detail = f"Trigger import entries must be KEY=VALUE, got {part}"
                raise sdk.ProviderError("Trigger import error", detail)
            triggers[key] = value
        return cls(create_duration=parts[0] or None, destroy_duration=parts[1] or None, triggers=triggers, id=_now())


def _now() -> str:
    from iacctl_providers.time import instants

    return instants.text(instants.now())


def _sleep(duration: str | None, verb: str, call: sdk.Call[Time]) -> None:
    if duration and call.provider.stopping.wait(_seconds(duration, f"{verb.lower()}_duration", verb)):
        raise sdk.ProviderError(f"{verb} time sleep error", "Original Error: context canceled")


def _seconds(duration: str, name: str, verb: str) -> float:
    try:
        return durations.nanoseconds(duration) / 1e9
    except ValueError as problem:
        detail = f"The {name} cannot be parsed\n\nOriginal Error: {problem}"
        raise sdk.ProviderError(f"{verb} time sleep error", detail) from None
