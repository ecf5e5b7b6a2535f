"""Old and new parts of a value: how they are told apart, and which of them are marked, null or missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from iacctl.plan import changes
from iacctl.values.core import (
    SENSITIVE,
    ListValue,
    MapValue,
    Marked,
    Null,
    ObjectValue,
    SetValue,
    TupleValue,
    Unknown,
)
from iacctl.values.marks import unmark_deep
from iacctl.values.nesting import run_deep
from iacctl.values.numbers import BigFloat

if TYPE_CHECKING:
    from collections.abc import Hashable

    from iacctl.plan.changes import Action
    from iacctl.values.core import Value


class Absent:
    """The class of `ABSENT` and `SENSITIVE_ABSENT`."""

    __slots__ = ()


ABSENT: Final = Absent()
"""Stands for a part that one of the two values does not have. (A null is a value that is there: None.)"""

SENSITIVE_ABSENT: Final = Absent()
"""The same, for a part that is marked as sensitive nevertheless."""

Part: TypeAlias = "Value | Absent"


def combined(current: Action, added: Action) -> Action:
    """The action of a whole from that of its parts so far and that of one more part."""
    return current if added == changes.NO_OP or current == added else changes.UPDATE


def container_action(before: Part, after: Part) -> Action:
    """The action of a container before any of its parts is looked at."""
    if is_nothing(before):
        return changes.NO_OP if is_nothing(after) else changes.CREATE
    return changes.DELETE if is_nothing(after) else changes.NO_OP


def is_nothing(part: Part) -> bool:
    """Whether the part is missing, null or not known, all of which plan JSON writes as null. Looks through marks."""
    if type(part) is Marked:
        part = part.value
    return part is None or type(part) is Absent or type(part) is Null or type(part) is Unknown


def implicit(part: Part) -> Part:
    """The part as an attribute of an object or block: a null there counts as missing."""
    if part is None or type(part) is Null:
        return ABSENT
    if type(part) is Marked and (part.value is None or type(part.value) is Null):
        return SENSITIVE_ABSENT if SENSITIVE in part.marks else ABSENT
    return part


def is_sensitive(part: Part) -> bool:
    """Whether the part as a whole is sensitive."""
    return part is SENSITIVE_ABSENT or (type(part) is Marked and SENSITIVE in part.marks)


def bare(part: Part) -> Part:
    """The part without marks on itself, and with nulls of all types as None."""
    if type(part) is Marked:
        part = part.value
    if type(part) is Absent:
        return ABSENT
    return None if type(part) is Null else part


def unmarked(part: Part) -> Part:
    """The part without any marks, also inside."""
    return ABSENT if isinstance(part, Absent) else bare(unmark_deep(part)[0])


def items_of(part: Part) -> tuple[Value, ...]:
    """The elements of a list, set or tuple; none of anything else."""
    if type(part) is Marked:
        part = part.value
    if type(part) is tuple:
        return part
    if type(part) is ListValue or type(part) is SetValue or type(part) is TupleValue:
        return part.items
    return ()


def entries_of(part: Part) -> dict[str, Value]:
    """The attributes of an object or the elements of a map; none of anything else."""
    if type(part) is Marked:
        part = part.value
    if type(part) is dict:
        return part
    if type(part) is ObjectValue:
        return part.attributes
    if type(part) is MapValue:
        return part.entries
    return {}


class Keys:
    """Numbers values by what plan JSON writes of them: two have the same number exactly when they are written alike.

    Unknown parts are null there, or missing from objects and maps. Each container is looked into once.
    """

    __slots__ = ("_by_content", "_by_identity")

    def __init__(self) -> None:
        self._by_content: dict[Hashable, int] = {}
        self._by_identity: dict[int, tuple[Value, int]] = {}

    def number(self, value: Value) -> int:
        """The number of a value."""
        try:
            return self._number(value)
        except RecursionError:
            return run_deep(self._number, value)

    def _number(self, value: Value) -> int:
        kind = type(value)
        if kind is Marked:
            value = value.value  # type: ignore[union-attr]
            kind = type(value)
        content: Hashable
        if kind is str or kind is bool or kind is int:
            content = (kind, value)
        elif kind is BigFloat:
            content = (int, str(value))
        elif value is None or kind is Null or kind is Unknown:
            content = None
        else:
            known = self._by_identity.get(id(value))
            if known is not None:
                return known[1]
            content = self._parts(value)
            found = self._by_content.setdefault(content, len(self._by_content))
            self._by_identity[id(value)] = (value, found)
            return found
        return self._by_content.setdefault(content, len(self._by_content))

    def _parts(self, value: Value) -> Hashable:
        entries = entries_of(value)
        if not entries:
            return (list if type(value) in _SEQUENCES else dict, *[self._number(item) for item in items_of(value)])
        found: list[Hashable] = [dict]
        for name, item in entries.items():
            inner = item.value if type(item) is Marked else item
            if type(inner) is not Unknown:
                found.append((name, self._number(item)))
        return tuple(found)


_SEQUENCES: Final = frozenset((tuple, ListValue, SetValue, TupleValue))


def scalar_action(before: Part, after: Part) -> Action:
    """The action of two strings, numbers, bools or nulls (None)."""
    if before is ABSENT:
        return changes.NO_OP if after is ABSENT else changes.CREATE
    if after is ABSENT:
        return changes.DELETE
    if type(before) is not type(after):
        return changes.UPDATE
    return changes.NO_OP if before is after or str(before) == str(after) else changes.UPDATE


def filled(part: Part) -> Part:
    """An attribute's part, `ABSENT` if it is an empty string."""
    if part == "":
        return ABSENT
    if type(part) is Marked and part.value == "":
        return SENSITIVE_ABSENT if SENSITIVE in part.marks else ABSENT
    return part


def filled_element(part: Part) -> Part:
    """A collection's element, null if it is an empty string."""
    if part == "":
        return None
    if type(part) is Marked and part.value == "":
        return Marked(None, part.marks)
    return part
