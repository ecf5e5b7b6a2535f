"""Values of a block's object type: the empty one, and others brought to it by the conventions of HCL bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.provider import schema
from iacctl.provider.containers import attributes_of, elements_of, entries_of, present

if TYPE_CHECKING:
    from iacctl.provider.schema import Attribute, Block, NestedBlock
    from iacctl.values import Path, Value


def empty_value(block: Block) -> Value:
    """The value of a body in which nothing is written: attributes are null, repeated blocks are empty."""
    found = block.object_type.caches.get(block)
    if found is None:
        members: dict[str, Value] = {
            name: values.null_of(attribute.value_type()) for name, attribute in block.attributes.items()
        }
        members.update((name, empty_blocks(nested)) for name, nested in block.blocks.items())
        found = block.object_type.caches[block] = values.object_value(members)
    return found


def empty_blocks(nested: NestedBlock) -> Value:
    """The value of a nested block type of which no block is written."""
    element = nested.block.object_type
    if nested.nesting == schema.SINGLE:
        return values.null_of(element)
    if nested.nesting == schema.GROUP:
        return empty_value(nested.block)
    dynamic = nested.value_type() is values.DYNAMIC
    if nested.nesting == schema.MAP:
        return {} if dynamic else values.map_value(element, {})
    if nested.nesting == schema.SET:
        return values.set_value(element, ())
    return () if dynamic else values.list_value(element, ())


def blocks_value(nested: NestedBlock, bodies: list[Value] | dict[str, Value]) -> Value:
    """The value of a nested block type from the values of its bodies: by label for nesting "map", else a list.

    For nesting "single" and "group", of which there is one block, the first body counts.
    """
    if not bodies:
        return empty_blocks(nested)
    element = nested.block.object_type
    dynamic = nested.value_type() is values.DYNAMIC
    if isinstance(bodies, dict):
        return values.object_value(bodies) if dynamic else values.map_value(element, bodies)
    if nested.nesting in (schema.SINGLE, schema.GROUP):
        return bodies[0]
    if nested.nesting == schema.SET:
        return values.set_value(element, bodies)
    return values.tuple_value(bodies) if dynamic else values.list_value(element, bodies)


def coerce(block: Block, value: Value) -> Value:
    """An object brought to a block's type: missing attributes become null, missing blocks empty, the rest is converted.

    Raises:
        ConversionError: in Terraform's words, with the path.
    """
    return _coerced(block, value, ())


def _coerced(block: Block, value: Value, path: Path) -> Value:
    if values.is_null(value):
        return values.null_of(block.object_type)
    if type(value) is values.Unknown:
        return values.unknown_of(block.object_type)
    held = entries_of(value)
    if values.type_of(value).kind not in ("object", "map"):
        raise values.ConversionError(path, "an object is required")
    for name in held:
        if name not in block.attributes and name not in block.blocks:
            raise values.ConversionError(path, f'unexpected attribute "{name}"')
    members: dict[str, Value] = {}
    for name, attribute in block.attributes.items():
        if name in held:
            members[name] = _converted(attribute, held[name], (*path, name))
        elif attribute.required:
            raise values.ConversionError(path, f'attribute "{name}" is required')
        else:
            members[name] = values.null_of(attribute.value_type())
    for name, nested in block.blocks.items():
        given = held.get(name)
        members[name] = empty_blocks(nested) if given is None else _coerced_blocks(nested, given, (*path, name))
    return values.object_value(members)


def _converted(attribute: Attribute, value: Value, path: Path) -> Value:
    try:
        return values.convert(value, attribute.config_type())
    except values.ConversionError as problem:
        raise values.ConversionError((*path, *problem.path), problem.message) from None


def _coerced_blocks(nested: NestedBlock, value: Value, path: Path) -> Value:
    if nested.nesting in (schema.SINGLE, schema.GROUP):
        if nested.nesting == schema.GROUP and values.is_null(value):
            return empty_value(nested.block)
        return _coerced(nested.block, value, path)
    if type(value) is values.Unknown:
        return values.unknown_of(nested.value_type())
    if not present(value):
        return empty_blocks(nested)
    kind = values.type_of(value).kind
    if nested.nesting == schema.MAP:
        if kind not in ("map", "object"):
            raise values.ConversionError(path, "must be a map")
        entries = {
            key: _coerced(nested.block, item, (*path, values.Index(key))) for key, item in entries_of(value).items()
        }
        return blocks_value(nested, entries) if entries else empty_blocks(nested)
    if kind not in ("list", "set", "tuple"):
        raise values.ConversionError(path, f"must be a {nested.nesting}")
    bodies = [
        _coerced(nested.block, item, (*path, values.Index(index))) for index, item in enumerate(elements_of(value))
    ]
    if len(bodies) < nested.min_items:
        raise values.ConversionError(path, f"insufficient items for attribute; must have at least {nested.min_items}")
    if 0 < nested.max_items < len(bodies):
        raise values.ConversionError(path, f"too many items for attribute; must have at most {nested.max_items}")
    return blocks_value(nested, bodies)


def complete(block: Block, value: Value) -> Value:
    """An object of a block's type with empty in place of null for repeated blocks: they are never null."""
    if block.flat or not present(value):
        return value
    held = dict(attributes_of(value))
    for name, nested in block.blocks.items():
        given = held[name]
        if values.is_null(given):
            held[name] = empty_blocks(nested)
    return values.object_value(held)
