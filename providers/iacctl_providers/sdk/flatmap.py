"""State of Terraform 0.11 and older: one flat map of strings per object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl.values import types

if TYPE_CHECKING:
    from iacctl.provider.schema import Block
    from iacctl.values.types import Type


def attributes(flat: dict[str, str], block: Block) -> dict[str, Any]:
    """The attributes of an object, as JSON data.

    In the flat form, `a.#` holds the length of a list or set and `a.0` its items, `a.%` the size of a map and `a.KEY`
    its entries.
    """
    return {name: _value(flat, name, type_) for name, type_ in block.object_type.attributes.items()}


def _value(flat: dict[str, str], prefix: str, type_: Type) -> Any:
    if isinstance(type_, types.ObjectType):
        inside = {name: _value(flat, f"{prefix}.{name}", member) for name, member in type_.attributes.items()}
        return inside if any(item is not None for item in inside.values()) else None
    if isinstance(type_, types.MapType):
        if f"{prefix}.%" not in flat:
            return None
        start = f"{prefix}."
        entries = (key[len(start) :] for key in flat if key.startswith(start))
        return {key: _value(flat, start + key, type_.element) for key in entries if key != "%"}
    if isinstance(type_, (types.ListType, types.SetType)):
        if f"{prefix}.#" not in flat:
            return None
        start = f"{prefix}."
        keys = dict.fromkeys(key[len(start) :].partition(".")[0] for key in flat if key.startswith(start))
        return [_value(flat, start + key, type_.element) for key in sorted(keys, key=_position) if key != "#"]
    text = flat.get(prefix)
    if text is None or type_ is types.STRING:
        return text
    if type_ is types.BOOL:
        return text in ("true", "1")
    if type_ is types.NUMBER:
        from iacctl.values import numbers

        return numbers.parse(text) if text else None
    return text


def _position(key: str) -> tuple[int, str]:
    # List items are numbered; set items are named by a hash.
    return (int(key), "") if key.isdecimal() else (-1, key)
