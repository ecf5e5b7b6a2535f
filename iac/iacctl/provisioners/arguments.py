"""Arguments of a provisioner or a connection as Python values."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from iacctl import values
from iacctl.values import numbers

if TYPE_CHECKING:
    from iacctl.values import Value

Keep: TypeAlias = Callable[[bytes], None]


def _member(config: Value, name: str) -> Value:
    if type(config) is dict:
        found = config[name]
    elif type(config) is values.ObjectValue:
        found = config.attributes[name]
    else:
        return None
    return None if values.is_null(found) else found


def is_given(config: Value, name: str) -> bool:
    """Whether an argument is not null."""
    return _member(config, name) is not None


def text(config: Value, name: str) -> str | None:
    """A string; None when it is null."""
    found = _member(config, name)
    return found if type(found) is str else None


def flag(config: Value, name: str) -> bool | None:
    """A bool; None when it is null."""
    found = _member(config, name)
    return found if type(found) is bool else None


def number(config: Value, name: str) -> float | None:
    """A number as a float; None when it is null."""
    found = _member(config, name)
    if type(found) is bool or not isinstance(found, int | values.BigFloat):
        return None
    return numbers.to_float(found)


def optional_texts(config: Value, name: str) -> list[str | None]:
    """The elements of a list of strings, nulls included; none when it is null."""
    found = _member(config, name)
    if not isinstance(found, values.ListValue):
        return []
    return [item if type(item) is str else None for item in found.items]


def texts(config: Value, name: str) -> list[str]:
    """The elements of a list of strings that are not null."""
    return [item for item in optional_texts(config, name) if item is not None]


def text_map(config: Value, name: str) -> dict[str, str]:
    """The elements of a map of strings that are not null."""
    found = _member(config, name)
    if not isinstance(found, values.MapValue):
        return {}
    return {key: item for key, item in found.entries.items() if type(item) is str}
