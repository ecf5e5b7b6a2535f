"""Differences of JSON documents that strings hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl.plan.changes import CREATE, DELETE, NO_OP, UPDATE
from iacctl.views.human.diff import containers, nodes, sequences
from iacctl.views.human.diff.parts import combined
from iacctl.views.human.diff.strings import NOT_JSON, Digits, Text

if TYPE_CHECKING:
    from collections.abc import Hashable

    from iacctl.plan.changes import Action
    from iacctl.views.human.diff.nodes import Node


def difference(before: Any, after: Any) -> Node:
    """The difference of two parsed documents or parts of them; `NOT_JSON` where there is none."""
    old, new = _kind(before), _kind(after)
    if before is not NOT_JSON and after is not NOT_JSON and old is not new:
        return nodes.TypeChange(difference(before, NOT_JSON), difference(NOT_JSON, after), UPDATE, False)
    kind = new if before is NOT_JSON else old
    if kind is dict:
        return _object(before, after)
    if kind is list:
        return _array(before, after)
    if before is NOT_JSON:
        action: Action = CREATE
    elif after is NOT_JSON:
        action = DELETE
    else:
        action = NO_OP if before == after else UPDATE
    if kind is str:
        return Text(_string(before), _string(after), action, False)
    return nodes.Scalar(_scalar(before), _scalar(after), action, False)


def _kind(part: Any) -> type:
    return type(part)


def _string(part: Any) -> str | None:
    return None if part is NOT_JSON else part.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _scalar(part: Any) -> str | None:
    if part is True:
        return "true"
    if part is False:
        return "false"
    return str(part) if type(part) is Digits else None


def _container_action(before: Any, after: Any) -> Action:
    return CREATE if before is NOT_JSON else DELETE if after is NOT_JSON else NO_OP


def _object(before: Any, after: Any) -> Node:
    action = _container_action(before, after)
    old: dict[str, Any] = {} if before is NOT_JSON else before
    new: dict[str, Any] = {} if after is NOT_JSON else after
    attributes: dict[str, Node] = {}
    for name in sorted({*old, *new}):
        node = difference(old.get(name, NOT_JSON), new.get(name, NOT_JSON))
        attributes[name] = node
        action = combined(action, node.action)
    return containers.Object(attributes, action, False)


def _array(before: Any, after: Any) -> Node:
    action = _container_action(before, after)
    old: list[Any] = [] if before is NOT_JSON else before
    new: list[Any] = [] if after is NOT_JSON else after
    elements: list[Node] = []
    pairs = sequences.aligned(
        [_key(item) for item in old],
        [_key(item) for item in new],
        lambda x, y: type(old[x]) is dict and type(new[y]) is dict,
    )
    for x, y in pairs:
        node = difference(old[x] if x >= 0 else NOT_JSON, new[y] if y >= 0 else NOT_JSON)
        elements.append(node)
        action = combined(action, node.action)
    return containers.List(elements, action, False)


def _key(part: Any) -> Hashable:
    if type(part) is dict:
        return (dict, *[(name, _key(item)) for name, item in sorted(part.items())])
    if type(part) is list:
        return (list, *[_key(item) for item in part])
    return type(part), part
