"""Differences of values of a type, and of values that bring their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.plan.changes import CREATE, NO_OP, UPDATE
from iacctl.values import numbers
from iacctl.values.core import MapValue, ObjectValue, Unknown
from iacctl.values.numbers import BigFloat
from iacctl.values.types import STRING
from iacctl.views.human.diff import containers, nodes, sequences
from iacctl.views.human.diff.parts import (
    ABSENT,
    Absent,
    bare,
    combined,
    container_action,
    entries_of,
    filled,
    filled_element,
    implicit,
    is_nothing,
    is_sensitive,
    items_of,
    scalar_action,
    unmarked,
)
from iacctl.views.human.diff.strings import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from iacctl.plan.changes import Action
    from iacctl.values.core import Value
    from iacctl.values.types import CollectionType, ObjectType, TupleType, Type
    from iacctl.views.human.diff.nodes import Node
    from iacctl.views.human.diff.parts import Part
    from iacctl.views.human.diff.scopes import Scope


def marked_or_unknown(
    before: Part,
    after: Part,
    scope: Scope,
    inner: Callable[[Part, Part, Scope], Node],
    deleted: Callable[[Part, Scope], Node] | None = None,
) -> Node | None:
    """The node of a value that is sensitive or not known; None for any other.

    Args:
        before: the old value.
        after: the new value.
        scope: where it is.
        inner: works out the difference of the values without the mark.
        deleted: works out what to show of the old value before "(known after apply)"; `inner` by default.
    """
    before_sensitive, after_sensitive = is_sensitive(before), is_sensitive(after)
    if before_sensitive or after_sensitive:
        before, after = unmarked(before), unmarked(after)
        node = inner(before, after, scope.old_style())
        action = node.action
        both_absent = type(before) is Absent and type(after) is Absent
        if action == NO_OP and before_sensitive != after_sensitive and not both_absent:
            action = UPDATE
        return nodes.Sensitive(node.action == NO_OP, before_sensitive, after_sensitive, action, scope.forces)
    if type(bare(after)) is Unknown:
        before = bare(before)
        if is_nothing(before):
            return nodes.UnknownValue(None, CREATE if type(before) is Absent else NO_OP, scope.forces)
        where = scope.old_style()
        old = inner(before, ABSENT, where) if deleted is None else deleted(before, where)
        old.without_replacement()
        return nodes.UnknownValue(old, UPDATE, scope.forces)
    return None


def of_type(type_: Type, before: Part, after: Part, scope: Scope) -> Node:
    """The difference of two values of one type.

    Args:
        type_: the type, as the schema says.
        before: the old value.
        after: the new value.
        scope: where it is.
    """
    kind = type_.kind
    if kind == "dynamic":
        return dynamic(before, after, scope)
    special = marked_or_unknown(before, after, scope, lambda old, new, where: _unmarked(type_, old, new, where))
    if special is not None:
        return special
    before, after = bare(before), bare(after)
    if kind == "string":
        return Text(_text(before), _text(after), scalar_action(before, after), scope.forces)
    if kind == "number" or kind == "bool":
        return nodes.Scalar(_text(before), _text(after), scalar_action(before, after), scope.forces)
    return _CONTAINERS[kind](type_, before, after, scope)


def _unmarked(type_: Type, before: Part, after: Part, scope: Scope) -> Node:
    if type_ is STRING and scope.legacy:
        before, after = filled(before), filled(after)
    return of_type(type_, before, after, scope)


def _text(part: Part) -> str | None:
    """A scalar as text; None for a null."""
    if type(part) is str:
        return part
    if type(part) is bool:
        return "true" if part else "false"
    if type(part) is int or type(part) is BigFloat:
        return numbers.text(part)
    return None


def attributes(
    names: Iterable[str], before: Part, after: Part, scope: Scope, differ: Callable[[str, Part, Part, Scope], Node]
) -> tuple[dict[str, Node], Action]:
    """The differences of the attributes of two objects, and the action of the whole.

    Attributes that are null before and after are left out.

    Args:
        names: the attributes.
        before: the old object.
        after: the new object.
        scope: where they are.
        differ: works out the difference of an attribute.
    """
    action = container_action(before, after)
    found: dict[str, Node] = {}
    old, new = entries_of(before), entries_of(after)
    for name in names:
        one, other = implicit(old.get(name)), implicit(new.get(name))
        where, other = scope.part(name, one, other)
        node = differ(name, filled(one), filled(other), where) if scope.legacy else differ(name, one, other, where)
        if node.action == NO_OP and is_nothing(one) and is_nothing(other):
            continue
        found[name] = node
        action = combined(action, node.action)
    return found, action


def _object(type_: ObjectType, before: Part, after: Part, scope: Scope) -> Node:
    members = type_.attributes
    found, action = attributes(
        members, before, after, scope, lambda name, one, other, where: of_type(members[name], one, other, where)
    )
    return containers.Object(found, action, scope.forces)


def _map(type_: CollectionType, before: Part, after: Part, scope: Scope) -> Node:
    element = type_.element
    found, action = entries(before, after, scope, lambda one, other, where: _element(element, one, other, where))
    return containers.Map(found, action, scope.forces)


def entries(
    before: Part, after: Part, scope: Scope, differ: Callable[[Part, Part, Scope], Node]
) -> tuple[dict[str, Node], Action]:
    """The differences of the elements of two maps, and the action of the whole."""
    action = container_action(before, after)
    found: dict[str, Node] = {}
    old, new = entries_of(before), entries_of(after)
    for key in old if old.keys() == new.keys() else sorted({*old, *new}):
        one = _entry(old, key)
        where, other = scope.part(key, one, _entry(new, key))
        node = differ(one, other, where)
        found[key] = node
        action = combined(action, node.action)
    return found, action


def _entry(entries: dict[str, Value], key: str) -> Part:
    return entries[key] if key in entries else ABSENT  # noqa: SIM401 (of two types)


def _element(type_: Type, before: Part, after: Part, scope: Scope) -> Node:
    if type_ is STRING and scope.legacy:
        before, after = filled_element(before), filled_element(after)
    return of_type(type_, before, after, scope)


def _at(items: tuple[Value, ...], index: int) -> Part:
    return items[index] if 0 <= index < len(items) else ABSENT


def _list(type_: CollectionType, before: Part, after: Part, scope: Scope) -> Node:
    element = type_.element
    objects = element.kind == "object"
    found, action = _aligned(
        before, after, scope, lambda _old, _new: objects, lambda one, other, where: _element(element, one, other, where)
    )
    return containers.List(found, action, scope.forces)


def _aligned(
    before: Part,
    after: Part,
    scope: Scope,
    similar: Callable[[Part, Part], bool],
    differ: Callable[[Part, Part, Scope], Node],
) -> tuple[list[Node], Action]:
    """The differences of the elements of two lists, side by side, and the action of the whole."""
    old, new = items_of(before), items_of(after)
    action = container_action(before, after)
    found: list[Node] = []
    pairs: Iterable[sequences.Pair]
    if not old or not new:
        pairs = [(x, sequences.NONE) for x in range(len(old))] or [(sequences.NONE, y) for y in range(len(new))]
    else:
        pairs = sequences.aligned(
            [scope.keys.number(item) for item in old],
            [scope.keys.number(item) for item in new],
            lambda x, y: similar(old[x], new[y]),
        )
    for x, y in pairs:
        node = differ(_at(old, x), _at(new, y), scope.element(x if x >= 0 else y))
        found.append(node)
        action = combined(action, node.action)
    return found, action


def by_index(
    before: Part, after: Part, scope: Scope, differ: Callable[[int, Part, Part, Scope], Node], length: int = 0
) -> tuple[list[Node], Action]:
    """The differences of elements at the same place in two lists or tuples, and the action of the whole.

    A tuple has its `length` even where it is null or not there.
    """
    action = container_action(before, after)
    old, new = items_of(before), items_of(after)
    found: list[Node] = []
    for index in range(max(len(old), len(new), length)):
        one = _at(old, index)
        where, other = scope.part(index, one, _at(new, index))
        node = differ(index, one, other, where.old_style())
        found.append(node)
        action = combined(action, node.action)
    return found, action


def _tuple(type_: TupleType, before: Part, after: Part, scope: Scope) -> Node:
    elements = type_.elements
    found, action = by_index(
        before,
        after,
        scope,
        lambda index, one, other, where: _element(elements[index], one, other, where),
        len(elements),
    )
    return containers.List(found, action, scope.forces)


def _set(type_: CollectionType, before: Part, after: Part, scope: Scope) -> Node:
    element = type_.element
    found, action = set_elements(before, after, scope, lambda one, other, where: _element(element, one, other, where))
    return containers.Set(found, action, scope.forces)


def set_elements(
    before: Part, after: Part, scope: Scope, differ: Callable[[Part, Part, Scope], Node]
) -> tuple[list[Node], Action]:
    """The differences of the elements of two sets, and the action of the whole."""
    action = container_action(before, after)
    old, new = items_of(before), items_of(after)
    found: list[Node] = []

    def comparable(x: int, y: int) -> bool:
        return is_sensitive(old[x]) == is_sensitive(new[y]) and type(bare(new[y])) is not Unknown

    number = scope.keys.number
    pairs = sequences.matched([number(item) for item in old], [number(item) for item in new], comparable)
    for x, y in pairs:
        node = differ(_at(old, x), _at(new, y), scope.element(x if x >= 0 else y))
        found.append(node)
        action = combined(action, node.action)
    return found, action


_CONTAINERS: Final[dict[str, Callable[..., Node]]] = {
    "object": _object,
    "map": _map,
    "list": _list,
    "tuple": _tuple,
    "set": _set,
}


def dynamic(before: Part, after: Part, scope: Scope) -> Node:
    """The difference of two values of any types, as of an output value or an attribute of any type.

    Of these, only what is sensitive or unknown says that it forces a replacement.

    Args:
        before: the old value.
        after: the new value.
        scope: where it is.
    """
    special = marked_or_unknown(before, after, scope, dynamic)
    if special is not None:
        return special
    before, after = bare(before), bare(after)
    if type(before) is str and type(after) is str:
        return Text(before, after, scalar_action(before, after), False)
    old, new = _shape(before), _shape(after)
    if old == new or after is ABSENT or before is ABSENT:
        return _of_shape(old if old != "null" else new, before, after, scope)
    return nodes.TypeChange(_of_shape(old, before, ABSENT, scope), _of_shape(new, ABSENT, after, scope), UPDATE, False)


def _shape(part: Part) -> str:
    """What JSON would call the value."""
    kind = type(part)
    if kind is str:
        return "string"
    if kind is bool:
        return "bool"
    if kind is int or kind is BigFloat:
        return "number"
    if part is None or kind is Absent:
        return "null"
    return "object" if kind is dict or kind is ObjectValue or kind is MapValue else "array"


def _of_shape(shape: str, before: Part, after: Part, scope: Scope) -> Node:
    if shape == "string":
        return Text(_text(before), _text(after), scalar_action(before, after), False)
    if shape == "object":
        found, action = entries(before, after, scope, dynamic)
        return containers.Object(found, action, False)
    if shape == "array":
        elements, action = _aligned(
            before,
            after,
            scope,
            lambda one, other: _shape(bare(one)) == _shape(bare(other)) == "object",
            dynamic,
        )
        return containers.List(elements, action, False)
    return nodes.Scalar(_text(before), _text(after), scalar_action(before, after), False)
