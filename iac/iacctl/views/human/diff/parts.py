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
from iacctl.values.nesting import depth_safe
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


def _key(part: Value) -> Hashable:
    if type(part) is Marked:
        part = part.value
    kind = type(part)
    if type(part) is str:
        return part
    if type(part) is bool or type(part) is int:
        return kind, part
    if kind is BigFloat:
        return int, str(part)
    if part is None or kind is Null or kind is Unknown:
        return None
    if kind is tuple or kind is ListValue or kind is SetValue or kind is TupleValue:
        return tuple([_key(item) for item in items_of(part)])
    found: list[Hashable] = [dict]
    for name, item in entries_of(part).items():
        inner = item.value if type(item) is Marked else item
        if type(inner) is not Unknown:
            found.append((name, _key(item)))
    return tuple(found)


json_key = depth_safe(_key)
"""A hashable key of a value: equal for values that plan JSON writes alike. Unknown parts are null or missing there."""


def scalar_action(before: Part, after: Part) -> Action:
    """The action of a value that is looked at as a whole."""
    if before is ABSENT:
        return changes.NO_OP if after is ABSENT else changes.CREATE
    if after is ABSENT:
        return changes.DELETE
    if type(before) is str and type(after) is str:
        return changes.NO_OP if before == after else changes.UPDATE
    assert not isinstance(before, Absent)
    assert not isinstance(after, Absent)
    return changes.NO_OP if json_key(before) == json_key(after) else changes.UPDATE


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
