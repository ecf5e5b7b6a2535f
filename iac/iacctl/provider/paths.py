"""Where a schema says that values are sensitive or write-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.provider import schema
from iacctl.provider.containers import (
    attributes_of,
    elements_of,
    entries_of,
    like_mapping,
    like_sequence,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from iacctl.provider.schema import Attribute, Block, NestedBlock
    from iacctl.values import Path, Value


def sensitive_paths(block: Block, value: Value) -> list[Path]:
    """The paths of an object's attributes that the schema says are sensitive, null ones included.

    A path into a set ends at the set's element.
    """
    if not block.has_sensitive or not present(value):
        return []
    return list(_paths(block.attributes, block.blocks, value, (), _is_sensitive))


def write_only_paths(block: Block, value: Value) -> list[Path]:
    """The paths of an object's write-only attributes that are not null."""
    if not block.has_write_only or not present(value):
        return []
    found = _paths(block.attributes, block.blocks, value, (), _is_write_only)
    return [path for path in found if not values.is_null(values.paths.apply(path, value))]


def without_write_only(block: Block, value: Value) -> Value:
    """An object with null in its write-only attributes, as plans and states must have it."""
    if not block.has_write_only or not present(value):
        return value
    return _without(block.attributes, block.blocks, value)


def _is_sensitive(attribute: Attribute) -> bool:
    return attribute.sensitive


def _is_write_only(attribute: Attribute) -> bool:
    return attribute.write_only


def _paths(
    attributes: Mapping[str, Attribute],
    blocks: Mapping[str, NestedBlock],
    value: Value,
    path: Path,
    applies: Callable[[Attribute], bool],
) -> Iterator[Path]:
    if not present(value):
        return
    held = attributes_of(value)
    for name, attribute in attributes.items():
        here = (*path, name)
        if applies(attribute):
            yield here
        elif attribute.nested is not None:
            nested = attribute.nested
            for step, item in _objects(nested.nesting, held[name]):
                yield from _paths(nested.attributes, {}, item, (*here, *step), applies)
    for name, block in blocks.items():
        for step, item in _objects(block.nesting, held[name]):
            yield from _paths(block.block.attributes, block.block.blocks, item, (*path, name, *step), applies)


def _objects(nesting: schema.Nesting, value: Value) -> Iterable[tuple[Path, Value]]:
    if nesting in (schema.SINGLE, schema.GROUP):
        return [((), value)]
    if nesting == schema.MAP:
        return [((values.Index(key),), item) for key, item in entries_of(value).items()]
    items = elements_of(value)
    if nesting == schema.SET:
        return [((values.Index(item),), item) for item in items]
    return [((values.Index(index),), item) for index, item in enumerate(items)]


def _without(attributes: Mapping[str, Attribute], blocks: Mapping[str, NestedBlock], value: Value) -> Value:
    if not present(value):
        return value
    held = dict(attributes_of(value))
    for name, attribute in attributes.items():
        if attribute.write_only:
            held[name] = values.null_of(attribute.value_type())
        elif attribute.nested is not None and attribute.nested.has_write_only:
            held[name] = _without_nested(attribute.nested.nesting, attribute.nested.attributes, {}, held[name])
    for name, block in blocks.items():
        if block.block.has_write_only:
            held[name] = _without_nested(block.nesting, block.block.attributes, block.block.blocks, held[name])
    return values.object_value(held)


def _without_nested(
    nesting: schema.Nesting, attributes: Mapping[str, Attribute], blocks: Mapping[str, NestedBlock], value: Value
) -> Value:
    if not present(value):
        return value
    if nesting in (schema.SINGLE, schema.GROUP):
        return _without(attributes, blocks, value)
    if nesting == schema.MAP:
        return like_mapping(value, {key: _without(attributes, blocks, item) for key, item in entries_of(value).items()})
    return like_sequence(value, [_without(attributes, blocks, item) for item in elements_of(value)])
