"""Values as plan and state JSON show them: what is known of them, and where they are unknown or sensitive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from iacctl.values import NUMBER, SENSITIVE, BigFloat, ListValue, MapValue, Marked, Null, ObjectValue, Unknown, json
from iacctl.values.nesting import depth_safe
from iacctl.values.numbers import PRECISION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.values import Value

OMITTED: Final = object()
"""What `known_part` gives for a value that is unknown as a whole."""

_SCALARS: Final = frozenset({str, bool, int, BigFloat, type(None), Null})
_AS_IS: Final = frozenset({str, bool, type(None)})
_OBJECTS: Final = frozenset({dict, ObjectValue, MapValue})


def _members(value: Value) -> dict[str, Value]:
    if type(value) is dict:
        return value
    return value.attributes if type(value) is ObjectValue else cast("MapValue", value).entries


def _items(value: Value) -> Iterable[Value]:
    return value if type(value) is tuple else cast("ListValue", value).items


def _number(value: BigFloat) -> Any:
    """A float where that is written exactly like the number, since those are faster to write."""
    shown = json.encode(value, NUMBER)
    written = str(shown)
    short = float(written)
    return short if repr(short) == written else shown


def _known_part(value: Value) -> Any:
    kind = type(value)
    if kind is Marked:
        value = cast("Marked", value).value
        kind = type(value)
    if kind in _AS_IS:
        return value
    if kind is int:
        return value if cast("int", value).bit_length() <= PRECISION else json.encode(value, NUMBER)
    if kind is BigFloat:
        return _number(cast("BigFloat", value))
    if kind is Null:
        return None
    if kind is Unknown:
        return OMITTED
    if kind in _OBJECTS:
        members = _members(value)
        if _AS_IS.issuperset(map(type, members.values())):
            return members
        found: dict[str, Any] = {}
        for name, item in members.items():
            part = item if type(item) in _AS_IS else _known_part(item)
            if part is not OMITTED:
                found[name] = part
        return found
    parts = [_known_part(item) for item in _items(value)]
    return [None if part is OMITTED else part for part in parts]


def _unknown_part(value: Value) -> Any:
    kind = type(value)
    if kind is Marked:
        value = cast("Marked", value).value
        kind = type(value)
    if kind in _SCALARS:
        return False
    if kind is Unknown:
        return True
    if kind not in _OBJECTS:
        return [_unknown_part(item) for item in _items(value)]
    found: dict[str, Any] = {}
    for name, item in _members(value).items():
        if type(item) in _SCALARS:
            continue
        part = _unknown_part(item)
        if part is not False:
            found[name] = part
    return found


def _sensitive_part(value: Value) -> Any:
    kind = type(value)
    if kind is Marked:
        marked = cast("Marked", value)
        if SENSITIVE in marked.marks:
            return True
        value = marked.value
        kind = type(value)
    if kind in _SCALARS:
        return False
    if kind is Unknown:
        type_kind = cast("Unknown", value).type.kind
        if type_kind == "object" or type_kind == "map":
            return {}
        return [] if type_kind in ("list", "set", "tuple") else False
    if kind not in _OBJECTS:
        return [_sensitive_part(item) for item in _items(value)]
    found: dict[str, Any] = {}
    for name, item in _members(value).items():
        if type(item) in _SCALARS:
            continue
        part = _sensitive_part(item)
        if part is not False:
            found[name] = part
    return found


known_part = depth_safe(_known_part)
"""The value as JSON data without what is unknown: left out of objects and maps, null in lists, tuples and sets; `OMITTED`
if nothing is known. Marks are ignored. The data may share parts with the value: do not change it.
"""

unknown_part = depth_safe(_unknown_part)
"""Where the value is unknown: True or False for the value itself, an object with the members that are not wholly False, or
an array with an entry for each element.
"""

sensitive_part = depth_safe(_sensitive_part)
"""Where the value is sensitive, in the form that `unknown_part` has; an unknown collection counts as an empty one."""
