"""Keepers: values that an object's random value belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl import values
from iacctl_providers import sdk

if TYPE_CHECKING:
    from iacctl.values import Value


def _keepers_force(before: Value, planned: Value) -> bool:
    """Keys whose value is null count as absent: early versions of the original did not store them."""
    if not isinstance(planned, (values.MapValue, values.Null)):
        return True
    return not values.raw_equals(_without_nulls(before), _without_nulls(planned))


def _without_nulls(keepers: Value) -> Value:
    entries = keepers.entries if isinstance(keepers, values.MapValue) else {}
    return values.map_value(values.STRING, {key: item for key, item in entries.items() if not values.is_null(item)})


class Kept(sdk.Resource):
    """Base of all resources: they have keepers, and an id that stays."""

    id = sdk.string(computed=True, keep=True)
    keepers = sdk.map_of(sdk.string)(
        optional=True, force_new=_keepers_force, description="Any values; a change of them makes a new random value."
    )


RETRY: Final = (
    "Retry the Terraform operation. If the error still occurs or happens regularly, please contact the provider "
    "developer with hardware and operating system information.\n\n"
)
"""What the original advises when something fails that should not."""
