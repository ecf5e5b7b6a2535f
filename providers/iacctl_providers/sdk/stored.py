"""Stored objects: from the JSON of a state file to values of the current schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl.values import json, types

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.provider.schema import Block
    from iacctl.values import Value
    from iacctl.values.types import Type


class Decoder:
    """Decodes stored objects of one block. Attributes that the schema does not know are dropped; those it has gained
    are null."""

    def __init__(self, block: Block) -> None:
        self._names = block.object_type.attributes.keys()
        self._decode = json.decoder(block.object_type)
        self._block = block

    def decode(self, attributes: dict[str, Any]) -> Value:
        """The value. Raises `iacctl.values.json.JsonError` for data of a wrong shape."""
        if attributes.keys() == self._names:
            try:
                return self._decode(attributes)
            except json.JsonError:
                pass  # something deeper inside may be missing or too many
        return self._decode(complete_block(attributes, self._block))


def complete_block(data: Mapping[str, Any], block: Block) -> dict[str, Any]:
    """Stored attributes with exactly the names of the schema, at every depth."""
    done: dict[str, Any] = {}
    for name, attribute in block.attributes.items():
        done[name] = complete(data.get(name), attribute.value_type())
    for name, nested in block.blocks.items():
        held = data.get(name)
        if nested.nesting in ("list", "set"):
            done[name] = [complete_block(item, nested.block) for item in held or ()]
        elif nested.nesting == "map":
            done[name] = {key: complete_block(item, nested.block) for key, item in (held or {}).items()}
        elif held is None:
            done[name] = None if nested.nesting == "single" else complete_block({}, nested.block)
        else:
            done[name] = complete_block(held, nested.block)
    return done


def complete(data: Any, type_: Type) -> Any:
    """JSON data of a type, its objects with exactly the attributes of their type."""
    if data is None:
        return None
    if isinstance(type_, types.ObjectType) and isinstance(data, dict):
        return {name: complete(data.get(name), member) for name, member in type_.attributes.items()}
    if isinstance(type_, types.MapType) and isinstance(data, dict):
        return {key: complete(item, type_.element) for key, item in data.items()}
    if isinstance(type_, (types.ListType, types.SetType)) and isinstance(data, list):
        return [complete(item, type_.element) for item in data]
    return data
