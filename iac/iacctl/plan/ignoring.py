"""`ignore_changes`: the configuration as if it said what the object already is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.hcl import ast
from iacctl.values import Index

if TYPE_CHECKING:
    from iacctl.config.model import Resource
    from iacctl.hcl.ast import ScopeTraversal
    from iacctl.provider.schema import Block
    from iacctl.values import Value
    from iacctl.values.paths import Path


def apply(resource: Resource, block: Block, prior: Value, config: Value) -> Value:
    """The configuration of a resource with what `ignore_changes` names taken from its prior object.

    Both values must be unmarked, and `prior` must not be null.
    """
    if resource.ignore_all_changes:
        return _as_configured(block, prior)
    for traversal in resource.ignore_changes:
        config = _put(config, path_of(traversal), prior)
    return config


def path_of(traversal: ScopeTraversal) -> Path:
    """The path that a traversal relative to a resource stands for."""
    steps: list[str | Index] = [traversal.root]
    for step in traversal.steps:
        steps.append(step.name if type(step) is ast.AttributeStep else Index(step.key))  # type: ignore[union-attr]
    return tuple(steps)


def _as_configured(block: Block, prior: Value) -> Value:
    """The prior object without what no configuration could say."""
    members = _members(prior)
    if members is None:
        return prior
    result: dict[str, Value] = {}
    for name, value in members.items():
        attribute = block.attributes.get(name)
        if attribute is not None and attribute.computed and not attribute.optional:
            value = values.null_of(attribute.value_type())
        result[name] = value
    return values.object_value(result)


def _members(value: Value) -> dict[str, Value] | None:
    if type(value) is dict:
        return value
    if type(value) is values.ObjectValue:
        return value.attributes
    return None


def _put(config: Value, path: Path, prior: Value) -> Value:
    """`config` with the value at `path` taken from `prior`."""
    if not path or not values.is_known(config) or values.is_null(config):
        return prior if not path else config
    step, rest = path[0], path[1:]
    if not isinstance(step, Index):
        members = _members(config)
        before = _members(prior)
        if members is None:
            # A map's element may be written like an attribute.
            return _put(config, (Index(step), *rest), prior)
        if step not in members or before is None or step not in before:
            return config
        return values.object_value({**members, step: _put(members[step], rest, before[step])})
    key = step.key
    if type(config) is values.MapValue and type(key) is str:
        return _put_entry(config, key, rest, prior)
    members = _members(config)
    if members is not None and type(key) is str:
        before = _members(prior)
        if before is None or key not in before:
            return values.object_value({name: item for name, item in members.items() if name != key or rest})
        return values.object_value({**members, key: _put(members[key], rest, before[key]) if key in members else before[key]})
    if type(config) is values.ListValue and type(prior) is values.ListValue and type(key) is int:
        if 0 <= key < len(config.items) and key < len(prior.items):
            items = list(config.items)
            items[key] = _put(items[key], rest, prior.items[key])
            return values.list_value(config.element_type, items)
        return config
    items_before = _tuple_items(prior)
    items_now = _tuple_items(config)
    if (
        items_now is not None
        and items_before is not None
        and type(key) is int
        and 0 <= key < min(len(items_now), len(items_before))
    ):
        changed = list(items_now)
        changed[key] = _put(changed[key], rest, items_before[key])
        return values.tuple_value(changed)
    return config


def _tuple_items(value: Value) -> tuple[Value, ...] | None:
    if type(value) is tuple:
        return value
    if type(value) is values.TupleValue:
        return value.items
    return None


def _put_entry(config: values.MapValue, key: str, rest: Path, prior: Value) -> Value:
    """One element of a map, which either side may lack."""
    before = prior.entries if type(prior) is values.MapValue else {}
    entries = dict(config.entries)
    if key in before:
        entries[key] = _put(entries[key], rest, before[key]) if key in entries else before[key]
    elif not rest:
        entries.pop(key, None)
    return values.map_value(config.element_type, entries)
