"""Output values of a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl import values
from iacctl.views.json.attributes import known_part

if TYPE_CHECKING:
    from iacctl_state.document import OutputState


def output(item: OutputState) -> dict[str, Any]:
    """An output value of the state."""
    return {"sensitive": item.sensitive, "value": output_value(item), "type": item.type}


def output_value(item: OutputState) -> Any:
    """An output's value as data, its numbers written the one way that Terraform writes them.

    A value that is not of the type recorded with it, which no Terraform wrote, is given as it stands.
    """
    if type(item.value) is str:
        return item.value
    try:
        return known_part(values.json.decode(item.value, values.type_from_json(item.type)))
    except (ValueError, values.json.JsonError):
        return item.value
