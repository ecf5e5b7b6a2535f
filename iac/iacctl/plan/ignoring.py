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
    """`config` with the value at `path` taken from `prior`.

    As in Terraform, a path says with each step what it goes into: attributes are not looked up in maps, nor keys in
    objects. Only a key at the end of a path, where there is no map, stands for the whole of what it would be in.
    """
    if not path:
        return prior
    if not values.is_known(config) or values.is_null(config) or values.is_null(prior):
        return config
    step, rest = path[0], path[1:]
    if not isinstance(step, Index):
        members, before = _members(config), _members(prior)
        if members is None or before is None or step not in members or step not in before:
            return config
        return values.object_value({**members, step: _put(members[step], rest, before[step])})
    key = step.key
    if type(key) is str:
        if type(config) is values.MapValue and type(prior) is values.MapValue:
            return _put_entry(config, key, rest, prior)
        return config if rest else prior
    return _put_item(config, key, rest, prior)


def _put_entry(config: values.MapValue, key: str, rest: Path, prior: values.MapValue) -> Value:
    """One element of a map, which either side may lack."""
    if config.element_type is not prior.element_type:
        return config
    entries = dict(config.entries)
    if rest:
        if key not in entries or key not in prior.entries:
            return config
        entries[key] = _put(entries[key], rest, prior.entries[key])
    elif key in prior.entries:
        entries[key] = prior.entries[key]
    else:
        entries.pop(key, None)
    return values.map_value(config.element_type, entries)


def _put_item(config: Value, key: object, rest: Path, prior: Value) -> Value:
    """One element of a list or tuple that both sides have."""
    items, before = _items(config), _items(prior)
    if items is None or before is None or type(key) is not int or not 0 <= key < min(len(items), len(before)):
        return config
    changed = list(items)
    changed[key] = _put(changed[key], rest, before[key])
    if type(config) is values.ListValue:
        if type(prior) is not values.ListValue or config.element_type is not prior.element_type:
            return config
        return values.list_value(config.element_type, changed)
    return values.tuple_value(changed)


def _items(value: Value) -> tuple[Value, ...] | None:
    if type(value) is tuple:
        return value
    if type(value) is values.TupleValue or type(value) is values.ListValue:
        return value.items
    return None
