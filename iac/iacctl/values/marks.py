"""Marks, such as "sensitive", that travel with values."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from iacctl.values import paths
from iacctl.values.core import (
    NATIVE,
    NO_MARKS,
    ListValue,
    MapValue,
    Marked,
    ObjectValue,
    SetValue,
    TupleValue,
    has_marks,
    object_value,
    tuple_value,
)
from iacctl.values.nesting import depth_safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from iacctl.values.core import Mark, Value
    from iacctl.values.paths import Path


def mark(value: Value, marks: Iterable[Mark]) -> Value:
    """The value with these marks added to its own; the value itself if there are none to add."""
    added = frozenset(marks)
    if type(value) is Marked:
        return value if added <= value.marks else Marked(value.value, value.marks | added)
    return Marked(value, added) if added else value


def unmark(value: Value) -> tuple[Value, frozenset[Mark]]:
    """The value without the marks on itself (those deeper inside stay), and those marks."""
    return (value.value, value.marks) if type(value) is Marked else (value, NO_MARKS)


def unmark_deep(value: Value) -> tuple[Value, frozenset[Mark]]:
    """The value without any mark, and all marks that were on it or anywhere inside. Takes constant time if there are
    none.
    """
    if not has_marks(value):
        return value, NO_MARKS
    found: set[Mark] = set()
    return _strip(value, found), frozenset(found)


def _strip_marks(value: Value, found: set[Mark]) -> Value:
    if type(value) is Marked:
        found.update(value.marks)
        value = value.value
    if type(value) in NATIVE or not has_marks(value):
        return value
    if type(value) is TupleValue:
        return tuple_value([_strip_marks(item, found) for item in value.items])
    if type(value) is ObjectValue:
        return object_value({name: _strip_marks(item, found) for name, item in value.attributes.items()})
    if type(value) is ListValue:
        return ListValue(value.element_type, tuple([_strip_marks(item, found) for item in value.items]))
    entries = cast("MapValue", value).entries
    return MapValue(
        cast("MapValue", value).element_type, {name: _strip_marks(item, found) for name, item in entries.items()}
    )


_strip = depth_safe(_strip_marks)


def unmark_deep_with_paths(value: Value) -> tuple[Value, list[tuple[Path, frozenset[Mark]]]]:
    """The value without any mark, and where the marks were, in order of a walk from the top."""
    found: list[tuple[Path, frozenset[Mark]]] = []
    if not has_marks(value):
        return value, found

    def visit(path: Path, part: Value) -> bool:
        if type(part) is Marked:
            found.append((path, part.marks))
        return has_marks(part)

    paths.walk(value, visit)
    return unmark_deep(value)[0], found


def mark_with_paths(value: Value, path_marks: Iterable[tuple[Path, frozenset[Mark]]]) -> Value:
    """Puts marks at paths; the reverse of `unmark_deep_with_paths`.

    Paths that the value does not have are ignored, also below null and unknown values. As the elements of a set cannot
    be marked, a path into a set marks the set.
    """
    wanted = _MarkTree()
    for path, marks in path_marks:
        if not marks:
            continue
        node = wanted
        for step in path:
            key = paths.step_key(step)
            node = node.children.setdefault(key, _MarkTree())
        node.marks = node.marks | marks
    return _put(value, wanted)


class _MarkTree:
    """Marks to put on a value, and below it by step."""

    __slots__ = ("children", "marks")

    def __init__(self) -> None:
        self.marks: frozenset[Mark] = NO_MARKS
        self.children: dict[paths.StepKey, _MarkTree] = {}

    def all_marks(self) -> frozenset[Mark]:
        """The marks of this and everything below."""
        found = set(self.marks)
        waiting = list(self.children.values())
        while waiting:
            node = waiting.pop()
            found |= node.marks
            waiting += node.children.values()
        return frozenset(found)


def _put_marks(value: Value, wanted: _MarkTree) -> Value:
    children = wanted.children
    if children:
        value, own = unmark(value)
        if type(value) is tuple or type(value) is TupleValue:
            items = value if type(value) is tuple else cast("TupleValue", value).items
            value = tuple_value(_put_on_items(items, children))
        elif type(value) is dict or type(value) is ObjectValue:
            attributes = value if type(value) is dict else cast("ObjectValue", value).attributes
            value = object_value(
                {
                    name: _put_marks(item, children[("a", name)]) if ("a", name) in children else item
                    for name, item in attributes.items()
                }
            )
        elif type(value) is ListValue:
            value = ListValue(value.element_type, tuple(_put_on_items(value.items, children)))
        elif type(value) is MapValue:
            value = MapValue(
                value.element_type,
                {
                    name: _put_marks(item, children[("s", name)]) if ("s", name) in children else item
                    for name, item in value.entries.items()
                },
            )
        elif type(value) is SetValue:
            value = mark(value, wanted.all_marks())
        value = mark(value, own)
    return mark(value, wanted.marks)


def _put_on_items(items: tuple[Value, ...], children: dict[paths.StepKey, _MarkTree]) -> list[Value]:
    return [
        _put_marks(item, children[("n", index)]) if ("n", index) in children else item
        for index, item in enumerate(items)
    ]


_put = depth_safe(_put_marks)


def unmark_all(values: Iterable[Value]) -> tuple[list[Value], frozenset[Mark]]:
    """Each value without any mark, deep, and all the marks together."""
    parts = list(values)
    found: frozenset[Mark] = NO_MARKS
    for index, part in enumerate(parts):
        if type(part) not in NATIVE and has_marks(part):
            parts[index], marks = unmark_deep(part)
            found |= marks
    return parts, found


def is_marked(value: Value, mark: Mark) -> bool:
    """Whether this mark is on the value itself."""
    return type(value) is Marked and mark in value.marks


def contains_mark(value: Value, mark: Mark) -> bool:
    """Whether this mark is on the value or anywhere inside."""
    return has_marks(value) and mark in unmark_deep(value)[1]


def without_mark(value: Value, mark: Mark) -> Value:
    """The value with this mark taken off itself and everything inside."""
    return change_marks(value, lambda marks: marks - {mark})


def change_marks(value: Value, change: Callable[[frozenset[Mark]], frozenset[Mark]]) -> Value:
    """The value with each of its sets of marks, on itself and everything inside, replaced by `change` of it."""
    if not has_marks(value):
        return value
    bare, found = unmark_deep_with_paths(value)
    return mark_with_paths(bare, [(path, change(marks)) for path, marks in found])
